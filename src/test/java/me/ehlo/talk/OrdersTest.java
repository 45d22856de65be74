package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import me.ehlo.call.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed with a slash in front. */
class OrdersTest {
  @TempDir Path folder;

  /** RFC 7677 §3. */
  @Test
  void scram() throws IOException {
    String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("AUTH PLAIN SCRAM-SHA-256")
            .on(
                "AUTH SCRAM-SHA-256 " + base64("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"),
                "334 " + base64("r=" + nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
            .on(
                base64("c=biws,r=" + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
                "334 " + base64("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
            .on("", "235 2.7.0 Ok")) {
      Evening.Seen seen =
          new Evening(server)
              .nonce("rOprNGfwEbeRWgbNEkqO")
              .explained()
              .types("EHLO me", "/auth user", "pencil", "/status", "QUIT");
      assertThat(seen.screen())
          .containsSubsequence(
              " -> AUTH SCRAM-SHA-256",
              "<-  334 ",
              "=== The server gives a salt",
              " -> <proof that we know the password>",
              "<-  334 ",
              "<-  235 2.7.0 Ok",
              "Logged in.",
              ", logged in")
          .doesNotContain("pencil", "dHzbZap");
    }
  }

  /** RFC 2195 §2. */
  @Test
  void cram() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer()
            .offers("AUTH PLAIN CRAM-MD5")
            .on("AUTH CRAM-MD5", "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+")
            .on("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw", "235 2.7.0 Ok")) {
      Evening.Seen seen =
          new Evening(server)
              .types("EHLO me", "/auth tim CRAM-MD5", "tanstaaftanstaaf", "/status", "QUIT");
      assertThat(seen.screen())
          .contains("1896.697170952@postoffice.reston.mci.net", ", logged in")
          .doesNotContain("tanstaaf");
    }
  }

  @Test
  void tokens() throws IOException {
    try (ScriptedServer server = new ScriptedServer().offers("AUTH XOAUTH2 OAUTHBEARER")) {
      server
          .on(
              "AUTH XOAUTH2 " + base64("user=ann\001auth=Bearer t0ken\001\001"),
              "235 2.7.0 Ok, an old one")
          .on(
              "AUTH OAUTHBEARER "
                  + base64(
                      "n,a=ann,\001host=mx.test\001port="
                          + server.port()
                          + "\001auth=Bearer t0ken\001\001"),
              "235 2.7.0 Ok, a new one");
      Evening.Seen seen =
          new Evening(server)
              .types(
                  "EHLO me",
                  "/auth ann XOAUTH2",
                  "t0ken",
                  "/auth ann oauthbearer",
                  "t0ken",
                  "QUIT");
      assertThat(seen.screen()).contains("an old one", "a new one").doesNotContain("t0ken");
    }
  }

  /** The wildcard address leads to this machine without being called loopback. */
  @Test
  void aPasswordThatOthersCouldReadIsSentWhenThatIsSaidAndOnlyOnce() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(InetAddress.ofLiteral("0.0.0.0"), 0)
            .offers("AUTH PLAIN")
            .on("AUTH PLAIN", "535 5.7.8 No")) {
      Evening.Seen seen =
          new Evening("0.0.0.0", server.port())
              .types("EHLO me", "/trust-once", "/auth ann", "secret", "/auth ann", "secret");
      assertThat(server.lines("AUTH")).hasSize(1);
      assertThat(server.lines()).endsWith("QUIT").doesNotContain("secret");
      assertThat(seen.screen())
          .containsSubsequence(
              "The next /auth sends the password as things are.",
              "<** 535 5.7.8 No",
              "*** not sent: everything is readable on the way.",
              "*** the conversation ends here, for the next line may be the password.");
    }
  }

  @Test
  void theChainIsWrittenIntoAFile() throws IOException {
    Path file = folder.resolve("chain.pem");
    try (ScriptedServer server = new ScriptedServer().offers("STARTTLS").withTls()) {
      Evening.Seen seen =
          new Evening(server).types("/cert", "EHLO me", "/tls", "/cert save " + file, "QUIT");
      assertThat(seen.screen())
          .contains("There is no TLS, and so no certificate.", "written to " + file);
      assertThat(Files.readString(file))
          .startsWith("-----BEGIN CERTIFICATE-----")
          .endsWith("-----END CERTIFICATE-----\n");
    }
  }

  @Test
  void aPortMeansTheHostThatWasFound() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      Evening.Seen seen =
          new Evening(server)
              .types("/reconnect --mx domain.test", "/reconnect 1", "/reconnect --mx ..", "/quit");
      assertThat(seen.screen())
          .containsSubsequence(
              "=== mx.test is 127.0.0.1",
              "=== mx.test is 127.0.0.1",
              "=== connecting to 127.0.0.1:25 ...",
              "=== connecting to 127.0.0.1:1 ... refused",
              "*** .. is no domain.")
          .doesNotContain("in the DNS");
    }
  }

  @Test
  void octetsThatCannotBeTyped() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      new Evening(server).types("/raw NOO\\x08P\\r\\n", "QUIT");
      assertThat(server.lines()).containsExactly("NOO\bP", "QUIT");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
