package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** F9: a NUL or another control character in a command makes it no command; nothing is cut off at one, ever. */
class F9ControlsInCommandsTest {
  private static final List<String> COMMANDS =
      List.of(
          "EHLO evil.example",
          "MAIL FROM:<eve@client.example> SIZE=5",
          "RCPT TO:<bob@ehlo.test>",
          "DATA",
          "BDAT 5 LAST",
          "QUIT",
          "VRFY bob",
          "NOOP x",
          "RSET");

  @Test
  void everyControlAtEveryPlaceOfEveryCommand() {
    try (Site site = new Site(Site.Plan.USUAL.strictly().errorsMax(Integer.MAX_VALUE));
        Peer peer = site.inTransaction()) {
      for (String command : COMMANDS) {
        StringBuilder batch = new StringBuilder();
        int lines = 0;
        for (char control = 0; control < ' '; control++) {
          if (control != '\t' && control != '\n') {
            for (int at = 0; at <= command.length(); at++) {
              batch
                  .append(command, 0, at)
                  .append(control)
                  .append(command.substring(at))
                  .append("\r\n");
              lines++;
            }
          }
        }
        peer.sends(batch.toString());
        for (int i = 0; i < lines; i++) {
          peer.hears("500 5.5.2");
        }
      }
      peer.asks("DATA", "354"); // the transaction is as it was before
      peer.asks("hello\r\n.", "250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().arrival().envelope().recipients()).hasSize(1);
    }
  }

  @Test
  void deleteAndBackspaceAreEditsUnlessStrict() {
    try (Site strict = new Site(Site.Plan.USUAL.strictly());
        Site usual = Site.usual();
        Peer toStrict = strict.greeted();
        Peer toUsual = usual.greeted()) {
      for (String key : List.of("\b", "\u007F")) {
        toStrict.asks("NOOPS" + key, "500 5.5.2");
        toUsual.asks("NOOPS" + key, "250");
      }
    }
  }
}
