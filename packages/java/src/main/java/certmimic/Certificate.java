package certmimic;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A certificate of the world, and where a system has it. */
public record Certificate(
        String system,
        String place,
        String alias,
        String kind,
        String subject,
        String issuer,
        String serialNumber,
        Instant validFrom,
        Instant validTo,
        int daysLeft,
        boolean expired,
        String key,
        String signature,
        String sha256,
        List<String> issuers,
        String url,
        String pem) {

    static Certificate of(Map<String, Object> json) {
        return new Certificate(
                (String) json.get("system"),
                (String) json.get("place"),
                (String) json.get("alias"),
                (String) json.get("kind"),
                (String) json.get("subject"),
                (String) json.get("issuer"),
                (String) json.get("serial_number"),
                Instant.parse((String) json.get("valid_from")),
                Instant.parse((String) json.get("valid_to")),
                Json.number(json.get("days_left")),
                (Boolean) json.get("expired"),
                (String) json.get("key"),
                (String) json.get("signature"),
                (String) json.get("sha256"),
                Json.list(json.get("issuers")).stream().map(String.class::cast).toList(),
                (String) json.get("url"),
                (String) json.get("pem"));
    }
}
