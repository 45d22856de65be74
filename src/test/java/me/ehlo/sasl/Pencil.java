package me.ehlo.sasl;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;

/** The user of RFC 7677's example, with the passwords that a test gives; whatever the name. */
public final class Pencil implements Authority, ScramUser {
  public static final String NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final int ITERATIONS = 4096;

  public final List<String> names = new ArrayList<>();
  public final List<String> outcomes = new ArrayList<>();
  private final List<ScramPassword> passwords;
  private final boolean blocked;

  /** One with these passwords, named 0, 1 and so on. */
  public static Pencil with(String... passwords) {
    return new Pencil(false, passwords);
  }

  /** One who is told nothing, whatever the proof. */
  static Pencil blocked(String... passwords) {
    return new Pencil(true, passwords);
  }

  private Pencil(boolean blocked, String... passwords) {
    this.blocked = blocked;
    List<String> all = Arrays.asList(passwords);
    this.passwords = all.stream().map(one -> keys(all.indexOf(one) + "", one)).toList();
  }

  static Verdict.Known known(String password) {
    Mailbox address = new Mailbox(new LocalPart("user"), Domain.ofAscii("a.example"));
    return new Verdict.Known(new Identity(new AccountId(1), address, password, ""));
  }

  private static ScramPassword keys(String name, String password) {
    byte[] salted =
        ScramFunctions.saltedPassword(
            SHA_256,
            StringPreparation.SASL_PREPARATION,
            password.toCharArray(),
            Base64.getDecoder().decode(SALT),
            ITERATIONS);
    return new ScramPassword(
        name,
        base64(ScramFunctions.storedKey(SHA_256, ScramFunctions.clientKey(SHA_256, salted))),
        base64(ScramFunctions.serverKey(SHA_256, salted)));
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  @Override
  public Verdict password(String name, String password) {
    throw new AssertionError("SCRAM has no password to show");
  }

  @Override
  public ScramUser scram(String name) {
    names.add(name);
    return this;
  }

  @Override
  public String salt() {
    return SALT;
  }

  @Override
  public int iterations() {
    return ITERATIONS;
  }

  @Override
  public String nonce() {
    return NONCE;
  }

  @Override
  public List<ScramPassword> passwords() {
    return passwords;
  }

  @Override
  public Verdict proved(ScramPassword password) {
    outcomes.add("proved " + password.name());
    return blocked ? Verdict.refused(Verdict.Why.BLOCKED) : known(password.name());
  }

  @Override
  public Verdict failed() {
    outcomes.add("failed");
    return Verdict.refused(Verdict.Why.WRONG);
  }
}
