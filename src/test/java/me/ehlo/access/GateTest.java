package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Authority;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Exchange;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.sasl.Step;
import me.ehlo.sasl.Verdict;
import me.ehlo.store.RamStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client can learn and do with names and passwords: G2 and G3 of the table of attacks, without a network. */
class GateTest {
  private static final List<Domain> DOMAINS =
      List.of(Domain.ofAscii("a.example"), Domain.ofAscii("b.example"));
  private static final Verdict WRONG = Verdict.refused(Verdict.Why.WRONG);
  private static final Verdict BLOCKED = Verdict.refused(Verdict.Why.BLOCKED);

  /** Made once: each costs a tenth of a second. */
  private static final List<StoredPassword> SIX = passwords(6);

  private final Directory directory = new RamStore().directory();
  private final List<Duration> pauses = new ArrayList<>();
  private int hashings;
  private Runnable whileHashing = () -> {};
  private final Logins logins = logins(directory, 3);

  GateTest() throws StorageFailure {
    add("none@a.example", 0);
    add("one@a.example", 1);
    add("six@a.example", 6);
    add("bob@a.example", 1);
    add("bob@b.example", 0);
    add("far@b.example", 1);
    directory.addAccount(mailbox("old@a.example"), Optional.of(SIX.getFirst().hash()), 0);
  }

  private void add(String address, int passwords) throws StorageFailure {
    Account account = directory.addAccount(mailbox(address), Optional.empty(), 0).orElseThrow();
    for (StoredPassword password : SIX.subList(0, passwords)) {
      directory.addPassword(account.id(), password);
    }
  }

  private static List<StoredPassword> passwords(int many) {
    Safekeeping scram = new Safekeeping(true, new Random(1));
    List<StoredPassword> there = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      there.add(scram.keep(i == 0 ? "" : "app" + i, "main" + i, there).orElseThrow());
    }
    return there;
  }

  private Logins logins(Directory where, int wrong) {
    return new Logins(
        where,
        new Passwords(
            work -> {
              hashings++;
              whileHashing.run();
              return Optional.of(work.get());
            },
            new KnownGood(new byte[32], () -> Instant.EPOCH, Duration.ofMinutes(1), 10)),
        new Guesses(
            new Guesses.Rules(wrong, Duration.ofMinutes(15), Duration.ofSeconds(2), false, 100),
            new KeyedDigest(new byte[32]),
            _ -> {},
            () -> Instant.EPOCH),
        pauses::add,
        true,
        new ScramDecoys(new KeyedDigest(new byte[32]), DOMAINS, new Random(2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none@a.example",
        "one@a.example",
        "six@a.example",
        "old@a.example",
        "one",
        "nobody@a.example",
        "nobody",
        "bob",
        "one@other.example",
        "one@",
        "",
        "\u00e9"
      })
  void aWrongPasswordCostsOneHashAndOnePause(String name) {
    assertThat(logins.from("192.0.2.1").password(name, "wrong")).isEqualTo(WRONG);
    assertThat(hashings).isEqualTo(1);
    assertThat(pauses).containsExactly(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"one@a.example", "nobody@a.example", ""})
  void whoIsBlockedCostsNothingAndLearnsNothing(String name) {
    Authority gate = logins.from("192.0.2.1");
    for (int i = 0; i < 3; i++) {
      gate.password(name, "wrong" + i);
    }
    hashings = 0;
    pauses.clear();

    assertThat(gate.password(name, "main0")).isEqualTo(BLOCKED);
    assertThat(gate.password(name, "wrong")).isEqualTo(BLOCKED);
    assertThat(hashings).isZero();
    assertThat(pauses).isEmpty();
    assertThat(logins.from("192.0.2.2").password("one@a.example", "main0"))
        .isInstanceOf(Verdict.Known.class);
  }

  @Test
  void manyGuessesAtTheSameMomentAreWorthNoMoreThanAFew() {
    whileHashing =
        () -> {
          whileHashing = () -> {};
          for (int i = 0; i < 3; i++) {
            logins.from("192.0.2.1").password("nobody", "wrong" + i);
          }
        };

    assertThat(logins.from("192.0.2.1").password("one", "main0")).isEqualTo(BLOCKED);
  }

  @Test
  void aKnownPasswordIsRightAndCostsNoHash() {
    Authority gate = logins.from("192.0.2.1");
    gate.password("one", "main0");
    gate.password("one", "typo");

    for (int i = 0; i < 10; i++) {
      assertThat(gate.password("one", "main0")).isInstanceOf(Verdict.Known.class);
    }
    assertThat(hashings).isEqualTo(2);
  }

  @Test
  void aStoreThatFailsIsTrouble() throws ScramException {
    Verdict trouble = Verdict.refused(Verdict.Why.TROUBLE);
    Authority gate = logins(broken(), 3).from("192.0.2.1");

    assertThat(gate.password("one@a.example", "main0")).isEqualTo(trouble);
    assertThat(byScram(gate, "one@a.example", "main0")).isEqualTo(trouble);
  }

  @Test
  void byScram() throws ScramException {
    Authority gate = logins(directory, 100).from("192.0.2.1");

    assertThat(known(byScram(gate, "one", "main0"))).isEqualTo("one@a.example ");
    assertThat(known(byScram(gate, "SIX@a.example", "main0"))).isEqualTo("six@a.example ");
    assertThat(known(byScram(gate, "six@a.example", "main5"))).isEqualTo("six@a.example app5");
    assertThat(known(byScram(gate, "far", "main0"))).isEqualTo("far@b.example ");
    for (String name : List.of("six", "none", "old", "nobody", "bob", "one@b.example", "x@")) {
      assertThat(byScram(gate, name, "wrong")).as(name).isEqualTo(WRONG);
    }
    for (String name : List.of("none", "old", "nobody", "bob", "one@b.example", "x@")) {
      assertThat(byScram(gate, name, "main0")).as(name).isEqualTo(WRONG);
    }
    assertThat(pauses).hasSize(13);
    assertThat(hashings).isZero();
  }

  @Test
  void wrongProofsAreGuesses() throws ScramException {
    Authority gate = logins.from("192.0.2.1");
    for (int i = 0; i < 3; i++) {
      assertThat(byScram(gate, "one", "wrong")).isEqualTo(WRONG);
    }
    assertThat(byScram(gate, "one", "main0")).isEqualTo(BLOCKED);
    assertThat(gate.password("one", "main0")).isEqualTo(BLOCKED);
  }

  /** Of every name, the salt of the bare one is that of exactly one of its addresses; and always the same. */
  @ParameterizedTest
  @ValueSource(strings = {"one", "six", "far", "none", "old", "nobody", "bob", "zed", "far+x"})
  void saltsTellNothing(String name) {
    Set<String> salts = new HashSet<>();
    int like = 0;
    for (Domain domain : List.of(DOMAINS.get(0), DOMAINS.get(1), Domain.ofAscii("c.example"))) {
      String salt = salt(name + "@" + domain.ascii());
      salts.add(salt);
      like += salt.equals(salt(name)) ? 1 : 0;
      assertThat(salt)
          .hasSize(24)
          .isEqualTo(salt(name.toUpperCase(Locale.ROOT) + "@" + domain.ascii()));
    }
    assertThat(salts).hasSize(3);
    assertThat(like).isEqualTo(1);
    assertThat(logins.from("192.0.2.1").scram(name).iterations())
        .isEqualTo(logins.from("192.0.2.1").scram("nobody").iterations());
    assertThat(logins(directory, 9).from("192.0.2.9").scram(name).salt()).isEqualTo(salt(name));
  }

  @Test
  void noNonceComesTwice() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      nonces.add(logins.from("192.0.2.1").scram("one").nonce());
    }
    assertThat(nonces).hasSize(1000).allMatch(nonce -> nonce.length() == 24);
  }

  /** One that answers no question. */
  private static Directory broken() {
    return (Directory)
        Proxy.newProxyInstance(
            Directory.class.getClassLoader(),
            new Class<?>[] {Directory.class},
            (_, _, _) -> {
              throw new StorageFailure(StorageFailure.Kind.TROUBLE, "gone");
            });
  }

  private String salt(String name) {
    return logins.from("192.0.2.1").scram(name).salt();
  }

  private static String known(Verdict verdict) {
    return verdict instanceof Verdict.Known(var who)
        ? who.address() + " " + who.password()
        : verdict.toString();
  }

  private static Verdict byScram(Authority gate, String name, String password)
      throws ScramException {
    ScramClient client =
        ScramClient.builder()
            .advertisedMechanisms(List.of("SCRAM-SHA-256"))
            .username(name)
            .password(password.toCharArray())
            .build();
    Exchange exchange =
        Mechanisms.withScram(gate, Channel.CLEAR).exchange("SCRAM-SHA-256").orElseThrow();
    Step asked = exchange.begin(Optional.of(client.clientFirstMessage().toString()));
    client.serverFirstMessage(((Step.Challenge) asked).message());
    Step answered = exchange.on(client.clientFinalMessage().toString());
    if (answered instanceof Step.Challenge(var message)) {
      client.serverFinalMessage(message);
      answered = exchange.on("");
    }
    return ((Step.Over) answered).verdict();
  }

  private static Mailbox mailbox(String address) {
    return ((Parsed.Right<Mailbox>) AddressParser.mailbox(address)).value();
  }
}
