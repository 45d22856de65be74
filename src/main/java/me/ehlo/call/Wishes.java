package me.ehlo.call;

import java.time.Duration;
import java.util.function.Predicate;
import me.ehlo.net.Secured;
import me.ehlo.net.TlsClient;

/**
 * How a conversation is to begin.
 *
 * @param name ours, behind EHLO
 * @param extended whether to try EHLO before HELO; LMTP knows only LHLO
 * @param encryption what is asked of TLS
 * @param tls shakes hands
 * @param judge is shown what the handshake has brought, tells what is to be told of it, and says whether to go on
 * @param last where to stop, even though it has gone well
 * @param unheard whether to leave there before the answer is heard
 * @param patience for each answer
 */
public record Wishes(
    String name,
    boolean extended,
    Encryption encryption,
    TlsClient tls,
    Predicate<Secured> judge,
    Last last,
    boolean unheard,
    Duration patience) {

  /** What is asked of TLS. */
  public enum Encryption {
    /** Not even where it is offered. */
    NEVER,
    /** Where STARTTLS is offered and accepted. */
    IF_OFFERED,
    /** Nothing more in the clear than STARTTLS needs. */
    REQUIRED,
    /** From the first octet (RFC 8314 §3). */
    FROM_THE_START
  }

  /** Where to stop. */
  public enum Last {
    GREETING,
    /** The first EHLO, before TLS. */
    FIRST_EHLO,
    /** Where TLS has begun, or would have. */
    TLS,
    /** The last EHLO: behind TLS, if that begins. */
    EHLO,
    /** Not before everything is known. */
    NOWHERE
  }
}
