package examples;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings a certificate to environments of Apinizer, and says where that failed. */
public final class Deployer {
    /** Environments that do not have the certificate now, each with the reason. */
    public static final class NotDeployed extends IOException {
        private static final long serialVersionUID = 1L;

        NotDeployed(Map<String, String> reasons) {
            super(reasons.entrySet().stream().map(reason -> reason.getKey() + ": " + reason.getValue()).collect(Collectors.joining("; ")));
        }
    }

    private static final Pattern FAILED =
            Pattern.compile("\"environmentName\":\"([^\"]*)\",\"success\":false,\"message\":\"([^\"]*)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String certificates;
    private final String token;

    public Deployer(String url, String tokenUrl, String user, String password, String project) throws IOException, InterruptedException {
        this.certificates = url + "/projects/" + encoded(project) + "/certificates/";
        String grant = "grant_type=client_credentials&client_id=" + encoded(user) + "&client_secret=" + encoded(password);
        HttpRequest request = HttpRequest.newBuilder(URI.create(tokenUrl))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(grant))
                .build();
        Matcher found = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer(request));
        if (!found.find()) {
            throw new IOException("the answer has no token");
        }
        this.token = found.group(1);
    }

    /** Stores a certificate, or renews the one of that name, and deploys it. */
    public void deploy(String name, String pem, List<String> environments) throws IOException, InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("alias", name);
        fields.put("certificateDescription", "Deployed as " + name);
        fields.put("environmentList", String.join(",", environments));
        String listed = answer(authorized(certificates).build());
        String answer;
        if (listed.contains("{\"name\":\"" + name + "\"")) {
            answer = upload("PUT", certificates + encoded(name) + "/", fields, pem);
        } else {
            fields.put("certificateName", name);
            answer = upload("POST", certificates, fields, pem);
        }
        Map<String, String> failed = new LinkedHashMap<>();
        FAILED.matcher(answer).results().forEach(found -> failed.put(found.group(1), found.group(2)));
        if (!failed.isEmpty()) {
            throw new NotDeployed(failed);
        }
    }

    private String upload(String method, String url, Map<String, String> fields, String pem) throws IOException, InterruptedException {
        String boundary = UUID.randomUUID().toString();
        String part = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"";
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(part).append(name).append("\"\r\n\r\n").append(value).append("\r\n"));
        body.append(part).append("pemEncodedFile\"; filename=\"certificate.pem\"\r\n\r\n").append(pem);
        body.append("\r\n--").append(boundary).append("--\r\n");
        HttpRequest.Builder request = authorized(url).header("Content-Type", "multipart/form-data; boundary=" + boundary);
        return answer(request.method(method, BodyPublishers.ofString(body.toString())).build());
    }

    private HttpRequest.Builder authorized(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
    }

    private String answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IOException(request.method() + " " + request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
