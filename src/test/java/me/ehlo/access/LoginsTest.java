package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Authority;
import me.ehlo.sasl.Verdict;
import me.ehlo.store.RamStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which names somebody can log in. */
class LoginsTest {
  private static final String STORED = Argon2id.hash("secret");

  private static final Verdict WRONG = Verdict.refused(Verdict.Why.WRONG);

  private final Directory directory = new RamStore().directory();
  private int hashings;
  private final Logins logins =
      new Logins(
          directory,
          new Passwords(
              work -> {
                hashings++;
                return Optional.of(work.get());
              },
              new KnownGood(new byte[32], () -> Instant.EPOCH, Duration.ofMinutes(1), 10)));

  LoginsTest() throws StorageFailure {
    for (String address : List.of("ann@a.example", "bob@a.example", "bob@b.example")) {
      directory.addAccount(mailbox(address), Optional.of(STORED), 0);
    }
    directory.putAlias(new Alias(mailbox("info@a.example"), List.of(mailbox("ann@a.example"))));
  }

  @ParameterizedTest
  @CsvSource({
    "ann@a.example, ann@a.example",
    "ANN@A.Example, ann@a.example",
    "ann, ann@a.example",
    "Ann, ann@a.example",
    "bob@b.example, bob@b.example",
    "\uff41\uff4e\uff4e, ann@a.example", // as an East Asian keyboard has it (RFC 8265 §3.3.1)
  })
  void known(String name, String address) {
    Authority authority = logins.from("192.0.2.1");
    assertThat(authority.password(name, "secret"))
        .isInstanceOfSatisfying(
            Verdict.Known.class,
            known -> {
              assertThat(known.identity().address().toString()).isEqualTo(address);
              assertThat(known.identity().password()).isEmpty();
            });
    assertThat(authority.password(name, "wrong")).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @CsvSource({
    "bob", // there are two
    "ann+x@a.example",
    "ann+x",
    "info@a.example", // an alias
    "ann@b.example",
    "ann@[127.0.0.1]",
    "nobody",
    "ann@",
    "@a.example",
    "'ann '",
    "''"
  })
  void rejectedAtTheSameCost(String name) {
    assertThat(logins.from("192.0.2.1").password(name, "secret")).isEqualTo(WRONG);
    assertThat(hashings).isEqualTo(1);
  }

  private static Mailbox mailbox(String address) {
    return ((Parsed.Right<Mailbox>) AddressParser.mailbox(address)).value();
  }
}
