package me.ehlo.sasl;

import com.ongres.scram.common.ScramMechanism;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The mechanisms by which we can log in elsewhere, the best first.
 *
 * <p>Best is what gives away least: SCRAM shows the password to nobody, a false server included, and binds the login to this
 * connection where it can. CRAM-MD5 does not show it either, but lets who listens guess quickly. The others give the secret
 * itself to whoever is at the other end, and without TLS to everybody on the way.
 */
public enum ClientMechanism {
  SCRAM_SHA_512_PLUS("SCRAM-SHA-512-PLUS", ScramMechanism.SCRAM_SHA_512_PLUS),
  SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS", ScramMechanism.SCRAM_SHA_256_PLUS),
  SCRAM_SHA_1_PLUS("SCRAM-SHA-1-PLUS", ScramMechanism.SCRAM_SHA_1_PLUS),
  SCRAM_SHA_512("SCRAM-SHA-512", ScramMechanism.SCRAM_SHA_512),
  SCRAM_SHA_256("SCRAM-SHA-256", ScramMechanism.SCRAM_SHA_256),
  SCRAM_SHA_1("SCRAM-SHA-1", ScramMechanism.SCRAM_SHA_1),
  CRAM_MD5("CRAM-MD5", Credentials.Kind.PASSWORD, false),
  PLAIN("PLAIN", Credentials.Kind.PASSWORD, true),
  LOGIN("LOGIN", Credentials.Kind.PASSWORD, true),
  OAUTHBEARER("OAUTHBEARER", Credentials.Kind.TOKEN, true),
  XOAUTH2("XOAUTH2", Credentials.Kind.TOKEN, true),
  EXTERNAL("EXTERNAL", Credentials.Kind.CERTIFICATE, false);

  private final String word;
  private final Credentials.Kind kind;
  private final boolean showsSecret;
  private final Optional<ScramMechanism> scram;

  ClientMechanism(String word, Credentials.Kind kind, boolean showsSecret) {
    this.word = word;
    this.kind = kind;
    this.showsSecret = showsSecret;
    this.scram = Optional.empty();
  }

  ClientMechanism(String word, ScramMechanism scram) {
    this.word = word;
    this.kind = Credentials.Kind.PASSWORD;
    this.showsSecret = false;
    this.scram = Optional.of(scram);
  }

  /** The mechanism of this name, in any case; empty: we do not know it. */
  public static Optional<ClientMechanism> of(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> each.word.equals(upper)).findFirst();
  }

  /** As it stands behind AUTH. */
  public String word() {
    return word;
  }

  /** What is needed for it. */
  public Credentials.Kind kind() {
    return kind;
  }

  /** Whether the server gets to see the secret itself, and without TLS everybody on the way. */
  public boolean showsSecret() {
    return showsSecret;
  }

  /** Whether it ties the login to this TLS connection (RFC 5802 §6). */
  public boolean binds() {
    return scram.map(ScramMechanism::isPlus).orElse(false);
  }

  Optional<ScramMechanism> scram() {
    return scram;
  }
}
