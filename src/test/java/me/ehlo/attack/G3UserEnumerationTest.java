package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import me.ehlo.access.Pause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Finding out who is here: a name that nobody has is answered like every other, at the same cost. How long it takes is
 * measured over the wire by {@code interop/checks/guessers-learn-nothing.py}.
 */
@Timeout(300)
class G3UserEnumerationTest {

  /** With one password, with six, with none; a user of no such name, at another domain, and no address at all. */
  private static final List<String> NAMES =
      List.of("ann", "ann@ehlo.test", "bob", "cat", "zed", "zed@ehlo.test", "ann@x.test", "a@@b");

  @Test
  void aWrongPasswordIsAWrongPassword() {
    AtomicInteger hashings = new AtomicInteger();
    try (LoginSite site =
        new LoginSite(
            1000,
            work -> {
              hashings.incrementAndGet();
              return Optional.of(work.get());
            },
            Pause.NONE)) {
      Set<String> bySmtp = new HashSet<>();
      Set<String> byPop3 = new HashSet<>();
      for (String name : NAMES) {
        bySmtp.add(site.auth("127.0.0.2", name, "wrong"));
        byPop3.add(site.pass("127.0.0.2", name, "wrong"));
      }
      assertThat(bySmtp).hasSize(1);
      assertThat(byPop3).hasSize(1);
      assertThat(hashings).hasValue(2 * NAMES.size());
    }
  }

  @Test
  void whoIsBlockedLearnsNoMore() {
    try (LoginSite site = new LoginSite(1, work -> Optional.of(work.get()), Pause.NONE)) {
      Set<String> replies = new HashSet<>();
      site.auth("127.0.0.2", "zed", "wrong");
      for (String name : NAMES) {
        replies.add(site.auth("127.0.0.2", name, LoginSite.RIGHT));
      }
      assertThat(replies).hasSize(1);
    }
  }

  @Test
  void vrfyAndExpnSayTheSameOfAll() {
    try (LoginSite site = new LoginSite(1000, work -> Optional.of(work.get()), Pause.NONE);
        Peer peer = site.smtpFrom("127.0.0.2")) {
      for (String verb : List.of("VRFY ", "EXPN ")) {
        assertThat(peer.asks(verb + "ann@ehlo.test", "").replace("ann", "zed"))
            .isEqualTo(peer.asks(verb + "zed@ehlo.test", ""));
      }
    }
  }
}
