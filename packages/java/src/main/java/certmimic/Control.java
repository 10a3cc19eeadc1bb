package certmimic;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls of the control API below a base URL, a server's or a world's, and what it refuses. */
final class Control {
    /** How long a call may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Never by a proxy: the server is this machine's, or this network's. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();

    final String url;

    Control(String url) {
        this.url = url.replaceAll("/+$", "");
    }

    Map<String, Object> get(String path, Map<String, ?> query) {
        return Json.object(Json.read(text("GET", path, null, query)));
    }

    Map<String, Object> get(String path) {
        return get(path, Map.of());
    }

    Map<String, Object> call(String method, String path, Object body) {
        return Json.object(Json.read(text(method, path, body, Map.of())));
    }

    /** What a call answers. A body that is text is YAML; anything else is written as JSON. */
    String text(String method, String path, Object body, Map<String, ?> query) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path, query)).timeout(PATIENCE);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            boolean yaml = body instanceof String;
            request.header("Content-Type", yaml ? "application/yaml" : "application/json");
            request.method(method, BodyPublishers.ofString(yaml ? (String) body : Json.write(body)));
        }
        HttpResponse<String> answer = send(request.build());
        if (answer.statusCode() >= 400) {
            throw refusal(answer);
        }
        return answer.body();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException cause) {
            String why = cause instanceof ConnectException ? "the connection is refused" : String.valueOf(cause.getMessage());
            throw new CertmimicException("No certmimic answers at " + url + " (" + why + "): see whether it still runs.", cause);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw new CertmimicException("Interrupted while " + url + " was asked.", cause);
        }
    }

    private URI address(String path, Map<String, ?> query) {
        String said = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&"));
        return URI.create(url + "/_certmimic/" + path + (said.isEmpty() ? "" : "?" + said));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Error unverified(Map<String, Object> problem) {
        return new Unverified((String) problem.get("text"), Json.number(problem.get("matched")));
    }

    private static CertmimicException refusal(HttpResponse<String> answer) {
        Map<String, Object> problem;
        try {
            problem = Json.object(Json.read(answer.body()));
        } catch (IllegalArgumentException | ClassCastException cause) {
            String what = answer.uri() + " answered " + answer.statusCode() + ", and not as certmimic does: ";
            return new CertmimicException(what + answer.body().lines().findFirst().orElse(""), cause);
        }
        if ("unverified".equals(problem.get("code"))) {
            throw unverified(problem);
        }
        List<Object> flaws = Json.list(problem.getOrDefault("flaws", List.of()));
        String told = flaws.stream().map(flaw -> "\n" + Json.object(flaw).get("text")).collect(Collectors.joining());
        String code = String.valueOf(problem.get("code"));
        return new CertmimicException.Refused(answer.statusCode(), code, problem.get("detail") + told);
    }
}
