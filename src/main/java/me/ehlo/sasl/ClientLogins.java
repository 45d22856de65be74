package me.ehlo.sasl;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The logins that we can try over one connection.
 *
 * @param channel what the conversation runs over
 * @param host the server's name, as we called it
 * @param port the one we called
 * @param nonces random words of printable ASCII without a comma, none twice
 */
public record ClientLogins(Channel channel, String host, int port, Supplier<String> nonces) {
  private static final int NONCE_OCTETS = 18;

  /** Words of {@value #NONCE_OCTETS} random octets. */
  public static Supplier<String> nonces(RandomGenerator random) {
    return () -> {
      byte[] octets = new byte[NONCE_OCTETS];
      random.nextBytes(octets);
      return Base64.getEncoder().encodeToString(octets);
    };
  }

  /**
   * A login by the best that is offered and fits.
   *
   * @param offered the words behind AUTH or SASL, in any case and order
   * @return empty if nothing fits
   */
  public Optional<ClientLogin> choose(Collection<String> offered, Credentials credentials) {
    Set<String> words = upper(offered);
    return Arrays.stream(ClientMechanism.values())
        .filter(each -> words.contains(each.word()) && fits(each, credentials))
        .findFirst()
        .map(mechanism -> login(mechanism, words, credentials));
  }

  /**
   * A login by this mechanism, whether or not it is offered.
   *
   * @return empty if it cannot be done with these credentials, or over this channel
   */
  public Optional<ClientLogin> of(
      ClientMechanism mechanism, Collection<String> offered, Credentials credentials) {
    return fits(mechanism, credentials)
        ? Optional.of(login(mechanism, upper(offered), credentials))
        : Optional.empty();
  }

  private static Set<String> upper(Collection<String> words) {
    return words.stream().map(word -> word.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private boolean fits(ClientMechanism mechanism, Credentials credentials) {
    return mechanism.kind() == credentials.kind()
        && (!mechanism.binds() || channel.binding().isPresent());
  }

  private ClientLogin login(
      ClientMechanism mechanism, Set<String> offered, Credentials credentials) {
    return new ClientLogin(
        mechanism,
        switch (mechanism) {
          case PLAIN -> new PlainLogin(credentials);
          case LOGIN -> new LoginLogin(credentials);
          case CRAM_MD5 -> new CramLogin(credentials);
          case XOAUTH2 -> BearerLogin.xoauth2(credentials);
          case OAUTHBEARER -> BearerLogin.oauthBearer(credentials, host, port);
          case EXTERNAL -> new ExternalLogin(credentials);
          default -> new ScramLogin(mechanism, binding(mechanism, offered), credentials, nonces);
        });
  }

  /** RFC 5802 §6: what we could have bound to is told where the server seems not to be able to. */
  private ScramBinding binding(ClientMechanism mechanism, Set<String> offered) {
    boolean couldHave = offered.stream().anyMatch(ScramBinding::isOffer);
    return new ScramBinding(
        mechanism.binds(), couldHave && !mechanism.binds() ? Optional.empty() : channel.binding());
  }

  /** Without what only the two ends of the connection know. */
  @Override
  public String toString() {
    return "ClientLogins[" + host + ":" + port + ", " + channel.version() + "]";
  }
}
