package certmimic.junit;

import certmimic.CertmimicException;
import certmimic.Server;
import certmimic.World;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link Certmimic} does. */
final class CertmimicExtension implements ParameterResolver, TestExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(CertmimicExtension.class);

    /** A server that ends with the run. */
    private record HeldServer(Server server) implements CloseableResource {
        @Override
        public void close() {
            server.close();
        }
    }

    /** A world that ends with its test. */
    private record HeldWorld(World world) implements CloseableResource {
        @Override
        public void close() {
            world.close();
        }
    }

    /** What a world was asked, where runners show it: below the exception that it is attached to. */
    static final class Asked extends Exception {
        private static final long serialVersionUID = 1L;

        Asked(String report) {
            super(report, null, false, false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == World.class || type == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class ? world(context) : server(context);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        HeldWorld held = context.getStore(NAMESPACE).get(World.class, HeldWorld.class);
        if (held != null) {
            String report = report(held.world());
            context.publishReportEntry("certmimic", report);
            failure.addSuppressed(new Asked(report));
        }
        throw failure;
    }

    private static World world(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        return store.getOrComputeIfAbsent(World.class, key -> new HeldWorld(server(context).world(name(context))), HeldWorld.class)
                .world();
    }

    private static Server server(ExtensionContext context) {
        List<String> scenarios = scenarios(context);
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        return store.getOrComputeIfAbsent(scenarios, key -> new HeldServer(start(scenarios)), HeldServer.class).server();
    }

    private static Server start(List<String> scenarios) {
        return Server.start(scenarios.toArray(String[]::new));
    }

    /** What the method says, or else its class, or the classes around it. */
    private static List<String> scenarios(ExtensionContext context) {
        for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            var said = AnnotationSupport.findAnnotation(at.getElement(), Certmimic.class);
            if (said.isPresent() && said.get().scenario().length > 0) {
                return List.of(said.get().scenario());
            }
        }
        return List.of();
    }

    private static String name(ExtensionContext context) {
        String words = context.getDisplayName().replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[.-]+|-$", "");
        return words.substring(0, Math.min(words.length(), 80)) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String report(World world) {
        try {
            return world.report();
        } catch (CertmimicException cause) {
            return cause.getMessage();
        }
    }
}
