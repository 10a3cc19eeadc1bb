package examples;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A service of a tenant: Atom read, JSON written; called with tokens of an OAuth client. */
public final class Tenant {
    private static final String DATA = "http://schemas.microsoft.com/ado/2007/08/dataservices";
    private static final int TRIES = 4;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final HttpRequest grant;
    private String token = "";

    public Tenant(String url, String tokenUrl, String id, String secret) {
        this.url = url;
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        this.grant = HttpRequest.newBuilder(URI.create(tokenUrl))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
    }

    /** The properties of each entity of a set. */
    public List<Map<String, String>> read(String set) throws IOException, InterruptedException {
        try (InputStream feed = send("GET", set, null).body()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList entities = factory.newDocumentBuilder().parse(feed).getElementsByTagNameNS(DATA + "/metadata", "properties");
            return IntStream.range(0, entities.getLength()).mapToObj(entities::item).map(Tenant::properties).toList();
        } catch (SAXException | ParserConfigurationException cause) {
            throw new IOException(set + " is no Atom feed", cause);
        }
    }

    /** One request; tried again while the system says that it is busy, or that the token has ended. */
    public HttpResponse<InputStream> send(String method, String path, String json) throws IOException, InterruptedException {
        for (int left = TRIES - 1; ; left--) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/" + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() < 400) {
                return answer;
            }
            String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            if (left == 0 || !List.of(401, 429, 503).contains(answer.statusCode())) {
                throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + body);
            }
            if (answer.statusCode() == 401) {
                token = fetchToken();
            } else {
                Thread.sleep(1000 * answer.headers().firstValueAsLong("Retry-After").orElse(0));
            }
        }
    }

    /** A text as a key in a path: quotes are doubled. */
    public static String key(String text) {
        return URLEncoder.encode("'" + text.replace("'", "''") + "'", StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String fetchToken() throws IOException, InterruptedException {
        String answer = client.send(grant, BodyHandlers.ofString()).body();
        Matcher found = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer);
        if (!found.find()) {
            throw new IOException("no token: " + answer);
        }
        return found.group(1);
    }

    private static Map<String, String> properties(Node entity) {
        Map<String, String> properties = new TreeMap<>();
        for (Node child = entity.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element property) {
                properties.put(property.getLocalName(), property.getTextContent());
            }
        }
        return properties;
    }
}
