//! Each client trusts the minted authority and nothing else, and reaches the server by its name.

use libtest_mimic::Trial;

use crate::workshop::Workshop;
use crate::{served, trial};

const HEALTH: &str = "_certmimic/health";
const READY: &str = r#""status": "ready""#;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("curl_speaks_both_versions_of_http", &["curl"], curl),
        trial("curl_finds_the_authority_where_there_is_no_tls_yet", &["curl"], authority),
        trial("answers_by_tls_have_uris_of_https", &["curl"], uris),
        trial("openssl_takes_the_certificate_for_every_default_name", &["openssl"], openssl),
        trial("openssl_speaks_the_older_version_of_tls", &["openssl"], older),
        trial("python_takes_the_certificate", &["python3"], python),
        trial("node_takes_the_certificate", &["node"], node),
        trial("java_takes_the_certificate_by_a_trust_store", &["javac", "java", "keytool"], java),
    ]
}

fn curl() {
    let workshop = Workshop::new("tls-curl");
    let served = served(&workshop, &[]);
    let port = served.secure_port();
    for (option, version) in [("--http1.1", "1.1"), ("--http2", "2")] {
        for host in ["localhost", "127.0.0.1"] {
            let printed = workshop
                .run(&format!("curl -sS {option} --cacert ca.pem -w %{{http_version}} https://{host}:{port}/{HEALTH}"));
            assert!(printed.contains(READY) && printed.ends_with(version), "{printed}");
        }
    }
    let (trusted, printed) = workshop.attempt(&format!("curl -sS https://localhost:{port}/{HEALTH}"), "");
    assert!(!trusted, "taken without the authority: {printed}");
    // A body, over a limit too, is read the same way in streams.
    let token = format!(
        "-d grant_type=client_credentials -u sb-certmimic:certmimic-secret https://localhost:{port}/oauth/token"
    );
    assert!(workshop.run(&format!("curl -sS --http2 --cacert ca.pem {token}")).contains("access_token"));
    workshop.write("long", vec![b'x'; 17 * 1024 * 1024]);
    let printed = workshop.run(&format!(
        "curl -sS --http2 --cacert ca.pem -o /dev/null -w %{{http_code}} -T long https://localhost:{port}/api/v1/x"
    ));
    assert_eq!(printed, "413");
}

fn authority() {
    let workshop = Workshop::new("tls-authority");
    let served = served(&workshop, &[]);
    let told = workshop.run(&format!("curl -sS http://{}/_certmimic/ca.pem", served.address));
    assert_eq!(told, workshop.text("ca.pem"));
    let plain = crate::process::Served::start(&[]);
    let answer = plain.exchange("GET /_certmimic/ca.pem HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
}

fn uris() {
    let workshop = Workshop::new("tls-uris");
    let served = served(&workshop, &["--scenario", "quickstart"]);
    let port = served.secure_port();
    for version in ["--http1.1", "--http2"] {
        let entity = format!("https://localhost:{port}/api/v1/KeystoreEntries?$format=json");
        let printed =
            workshop.run(&format!("curl -sS -g {version} --cacert ca.pem -H Authorization:␣Bearer␣x {entity}"));
        let expected = format!("\"https://localhost:{port}/api/v1/KeystoreEntries(");
        assert!(printed.replace("\\/", "/").contains(&expected), "{printed}");
    }
}

fn openssl() {
    let workshop = Workshop::new("tls-openssl");
    let served = served(&workshop, &[]);
    let port = served.secure_port();
    for judged in ["-verify_hostname localhost", "-verify_hostname certmimic", "-verify_ip 127.0.0.1", "-verify_ip ::1"]
    {
        let printed = workshop.run(&format!(
            "openssl s_client -connect 127.0.0.1:{port} -CAfile ca.pem -verify_return_error -alpn h2 {judged}"
        ));
        assert!(printed.contains("ALPN protocol: h2"), "{printed}");
        assert!(printed.contains("Verify return code: 0 (ok)"), "{judged}: {printed}");
    }
    let other = format!(
        "openssl s_client -connect 127.0.0.1:{port} -CAfile ca.pem -verify_return_error -verify_hostname other.example"
    );
    assert!(!workshop.attempt(&other, "").0, "taken for another host");
}

fn older() {
    let workshop = Workshop::new("tls-older");
    let served = served(&workshop, &["--tls-name", "tenant.example,10.9.8.7"]);
    let port = served.secure_port();
    let printed = workshop.run(&format!(
        "openssl s_client -tls1_2 -connect 127.0.0.1:{port} -CAfile ca.pem -verify_return_error \
         -verify_hostname tenant.example -verify_ip 10.9.8.7"
    ));
    assert!(printed.contains("Protocol  : TLSv1.2"), "{printed}");
}

fn python() {
    let workshop = Workshop::new("tls-python");
    let served = served(&workshop, &[]);
    workshop.write(
        "client.py",
        "import ssl, sys, urllib.request\n\
         trust = ssl.create_default_context(cafile='ca.pem')\n\
         print(urllib.request.urlopen(sys.argv[1], context=trust).read().decode())\n",
    );
    let printed = workshop.run(&format!("python3 client.py https://localhost:{}/{HEALTH}", served.secure_port()));
    assert!(printed.contains(READY), "{printed}");
}

fn node() {
    let workshop = Workshop::new("tls-node");
    let served = served(&workshop, &[]);
    workshop.write(
        "client.js",
        "const ca = require('fs').readFileSync('ca.pem');\n\
         require('https').get(process.argv[2], { ca }, (answer) => answer.pipe(process.stdout));\n",
    );
    let printed = workshop.run(&format!("node client.js https://localhost:{}/{HEALTH}", served.secure_port()));
    assert!(printed.contains(READY), "{printed}");
}

fn java() {
    let workshop = Workshop::new("tls-java");
    let served = served(&workshop, &[]);
    workshop.run("keytool -importcert -noprompt -alias certmimic -file ca.pem -keystore trust.p12 -storepass changeit");
    workshop.write(
        "Client.java",
        "public class Client {\n\
           public static void main(String[] arguments) throws Exception {\n\
             var connection = (javax.net.ssl.HttpsURLConnection) new java.net.URL(arguments[0]).openConnection();\n\
             System.out.write(connection.getInputStream().readAllBytes());\n\
             System.out.flush();\n\
           }\n\
         }\n",
    );
    workshop.run("javac Client.java");
    let printed = workshop.run(&format!(
        "java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit Client \
         https://localhost:{}/{HEALTH}",
        served.secure_port()
    ));
    assert!(printed.contains(READY), "{printed}");
}
