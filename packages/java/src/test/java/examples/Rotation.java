package examples;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Points references of API Management to another store before the certificate in theirs ends. */
public final class Rotation {
    private record Store(String name, String type, Map<String, Instant> ends) {
        Instant firstEnd() {
            return ends.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MAX);
        }

        /** It is of the same type, and has certificates of the same names that end later. */
        boolean replaces(Store other) {
            return type.equals(other.type)
                    && other.ends.entrySet().stream().allMatch(end -> ends.getOrDefault(end.getKey(), Instant.MIN).isAfter(end.getValue()));
        }
    }

    private final Tenant tenant;

    public Rotation(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Which references were pointed to which store. */
    public Map<String, String> run(Instant now, Duration ahead) throws IOException, InterruptedException {
        Map<String, Store> stores = stores();
        Map<String, String> moved = new TreeMap<>();
        for (Map<String, String> reference : tenant.read("CertificateStoreReferences")) {
            Store current = stores.get(reference.get("certificateStoreName"));
            if (current == null || current.firstEnd().isAfter(now.plus(ahead))) {
                continue;
            }
            Optional<Store> next = stores.values().stream().filter(store -> store.replaces(current)).max(Comparator.comparing(Store::firstEnd));
            if (next.isPresent()) {
                point(reference.get("name"), next.get().name());
                moved.put(reference.get("name"), next.get().name());
            }
        }
        return moved;
    }

    private void point(String reference, String store) throws IOException, InterruptedException {
        String path = "CertificateStoreReferences(" + Tenant.key(reference) + ")";
        tenant.send("PUT", path, "{\"certificateStoreName\":\"" + store + "\"}").body().close();
    }

    private Map<String, Store> stores() throws IOException, InterruptedException {
        Map<String, Store> stores = new HashMap<>();
        for (Map<String, String> certificate : tenant.read("Certificates")) {
            String name = certificate.get("storeName");
            Store store = stores.computeIfAbsent(name, key -> new Store(key, certificate.get("storeType"), new HashMap<>()));
            store.ends().put(certificate.get("name"), Instant.ofEpochMilli(Long.parseLong(certificate.get("expiryDate"))));
        }
        return stores;
    }
}
