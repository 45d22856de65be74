package me.ehlo.send;

import java.util.function.Consumer;
import java.util.function.Supplier;
import me.ehlo.call.Means;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;
import me.ehlo.sasl.Credentials;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/**
 * What conversations are held with.
 *
 * @param trust reads hundreds of certificates; asked only where TLS begins
 * @param credentials asks a person perhaps; asked only where a login begins
 * @param nonces random words, none twice
 */
record Tools(
    Means means,
    Dialer dialer,
    Supplier<TlsClient> tls,
    Supplier<Trust> trust,
    Supplier<Credentials> credentials,
    Supplier<String> nonces,
    Composer composer,
    Consumer<Utterance> teller) {

  void tell(Mark mark, String text) {
    teller.accept(new Utterance(means.clock().instant(), mark, text));
  }
}
