package me.ehlo.smtp.server;

import java.util.List;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mail.Network;

/**
 * What a conversation needs to know of the house it is held in, and of the door.
 *
 * @param hostname our name in greeting and answers
 * @param sizeMax octets a mail may have
 * @param recipientsMax recipients a mail may have, at least 100 (RFC 5321 §4.5.3.1.8)
 * @param errorsMax refusals in a row, without a mail between them, after which a conversation ends
 * @param idleCommandsMax commands that lead nowhere, without a mail between them, after which a conversation ends
 * @param content what a mail may be made of
 * @param service what this door is for
 * @param startTls whether a conversation in the clear may go on encrypted
 * @param xclientFrom who may say that somebody else is the client (XCLIENT)
 */
public record House(
    String hostname,
    long sizeMax,
    int recipientsMax,
    int errorsMax,
    int idleCommandsMax,
    ContentLimits content,
    Service service,
    boolean startTls,
    List<Network> xclientFrom) {

  private static final int IDLE_COMMANDS_MAX = 100;

  /** RFC 5321 §4.5.3.1.10: whoever sends a thousand recipients too many is answered 452 as often, and is no nuisance. */
  private static final int PUT_OFFS_FOR_AN_ERROR = 100;

  public House {
    xclientFrom = List.copyOf(xclientFrom);
  }

  /** A door for other servers that knows no TLS. */
  public House(String hostname, long sizeMax, int recipientsMax, int errorsMax) {
    this(
        hostname,
        sizeMax,
        recipientsMax,
        errorsMax,
        IDLE_COMMANDS_MAX,
        ContentLimits.DEFAULT,
        Service.TRANSFER,
        false,
        List.of());
  }

  /** Refusals for now, without a mail between them, after which a conversation ends. */
  int putOffsMax() {
    return PUT_OFFS_FOR_AN_ERROR * errorsMax;
  }

  /** Whether who is there may say that somebody else is the client: the wire's own end, whatever was said before. */
  boolean letsSpeakForOthers(Client client) {
    return xclientFrom.stream().anyMatch(network -> network.contains(client.peer()));
  }
}
