package examples;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Says which entries of Cloud Integration's keystore end soon. */
public final class ExpiryMonitor {
    /** An entry that ends soon, or has ended; SAP renews those that are not the tenant's own. */
    public record Ending(String alias, Instant end, boolean own) {}

    private final Tenant tenant;

    public ExpiryMonitor(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The entries that end within a time, the next one first. */
    public List<Ending> ending(Instant now, Duration within) throws IOException, InterruptedException {
        List<Map<String, String>> entries = tenant.read("KeystoreEntries?$select=Alias,ValidNotAfter,Owner");
        return entries.stream()
                .map(entry -> new Ending(entry.get("Alias"), date(entry.get("ValidNotAfter")), !entry.get("Owner").equals("SAP")))
                .filter(ending -> !ending.end().isAfter(now.plus(within)))
                .sorted(Comparator.comparing(Ending::end))
                .toList();
    }

    /** A date of OData, with or without a zone: UTC is meant. */
    private static Instant date(String text) {
        return LocalDateTime.parse(text, DateTimeFormatter.ISO_DATE_TIME).toInstant(ZoneOffset.UTC);
    }
}
