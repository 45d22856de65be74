package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept of a password for SCRAM. */
class SafekeepingTest {
  private final Safekeeping safekeeping = new Safekeeping(true, new Random(1));

  private StoredPassword keep(String name, String password, List<StoredPassword> there) {
    return safekeeping.keep(name, password, there).orElseThrow();
  }

  @Test
  void theKeysAreThoseOfTheExampleInRfc7677() {
    byte[] salt = decoded("W22ZaJ0SNY7soEsUEjb6gQ==");
    ScramKeys keys = ScramDerivation.keys("pencil", salt, 4096).orElseThrow();
    String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    String said =
        "n=user,r=rOprNGfwEbeRWgbNEkqO,r="
            + nonce
            + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r="
            + nonce;
    assertThat(
            ScramFunctions.verifyClientProof(
                ScramMechanism.SCRAM_SHA_256,
                decoded("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="),
                decoded(keys.storedKey()),
                said))
        .isTrue();
    assertThat(
            ScramFunctions.serverSignature(
                ScramMechanism.SCRAM_SHA_256, decoded(keys.serverKey()), said))
        .isEqualTo(decoded("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    assertThat(ScramKeys.parse(keys.text())).contains(keys);
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  @Test
  void allOfAnAccountHaveOneSalt() {
    StoredPassword main = keep("", "a", List.of());
    StoredPassword phone = keep("phone", "b", List.of(main));
    ScramKeys keys = main.scram().orElseThrow();
    assertThat(keys.sharesSaltWith(phone.scram().orElseThrow())).isTrue();
    assertThat(keys.iterations()).isEqualTo(ScramKeys.ITERATIONS);
    assertThat(Base64.getDecoder().decode(keys.salt())).hasSize(16);
    assertThat(main.hash())
        .as("the other salt is no secret")
        .doesNotContain(keys.salt().substring(0, 20));
    assertThat(keep("", "a", List.of(main)).scram().orElseThrow().sharesSaltWith(keys)).isFalse();
  }

  @Test
  void whatScramClientsCannotSayIsRefused() {
    assertThat(safekeeping.keep("", "a\u0378", List.of())).as("unassigned").isEmpty();
    assertThat(safekeeping.keep("", "\u00ad", List.of())).as("nothing is left of it").isEmpty();
    assertThat(new Safekeeping(false, new Random(1)).keep("", "a\u0378", List.of())).isPresent();
  }

  @Test
  void withoutScramNothingIsKeptForIt() {
    StoredPassword main = keep("", "a", List.of());
    StoredPassword phone =
        new Safekeeping(false, new Random(2)).keep("phone", "b", List.of(main)).orElseThrow();
    assertThat(phone.scram()).isEmpty();
  }

  @Test
  void aPasswordThatIsMadeUpCanBeTyped() {
    String made = safekeeping.invent();
    assertThat(made)
        .matches("([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}")
        .isNotEqualTo(safekeeping.invent());
    assertThat(safekeeping.keep("phone", made, List.of())).isPresent();
  }

  @Test
  void nothingIsToldByAccident() {
    StoredPassword phone = keep("phone", "b", List.of());
    assertThat(phone.toString()).isEqualTo("password \"phone\" with SCRAM");
    assertThat(phone.scram().orElseThrow().toString())
        .isEqualTo("SCRAM-SHA-256 with 50000 iterations");
    assertThat(phone.mark()).hasSize(16).isNotEqualTo(keep("phone", "b", List.of()).mark());
  }

  @Test
  void whatIsNoneIsNotRead() {
    for (String text :
        List.of("", "SCRAM-SHA-1$4096:a$b:c", "SCRAM-SHA-256$x:a$b:c", "SCRAM-SHA-256$4096:a$b")) {
      assertThat(ScramKeys.parse(text)).as(text).isEmpty();
    }
  }
}
