package me.ehlo.trace;

/** Who said a line of a conversation, over what, and whether it was what one hoped for: the marks that swaks made known. */
public enum Mark {
  INFO("==="),
  ERROR("***"),
  SENT(" ->"),
  SENT_TLS(" ~>"),
  /** Sent although it could not go well: the peer had not offered it, or it was out of order. */
  SENT_UNEXPECTED("**>"),
  SENT_UNEXPECTED_TLS("*~>"),
  RECEIVED("<- "),
  RECEIVED_TLS("<~ "),
  /** A refusal, or what nobody could have expected. */
  REFUSED("<**"),
  REFUSED_TLS("<~*"),
  RAW_SENT("  >"),
  RAW_RECEIVED("<  "),
  /** A line of a mail. */
  CONTENT("  |"),
  /** What we say about it. */
  ADVICE("  #");

  private final String sign;

  Mark(String sign) {
    this.sign = sign;
  }

  /** What we say to the server. */
  public static Mark sent(boolean tls) {
    return tls ? SENT_TLS : SENT;
  }

  /** What the server says. */
  public static Mark received(boolean tls, boolean good) {
    if (good) {
      return tls ? RECEIVED_TLS : RECEIVED;
    }
    return tls ? REFUSED_TLS : REFUSED;
  }

  /** Three characters for the gutter. */
  public String sign() {
    return sign;
  }

  /** Whether it came from the server. */
  public boolean isReceived() {
    return switch (this) {
      case RECEIVED, RECEIVED_TLS, REFUSED, REFUSED_TLS, RAW_RECEIVED -> true;
      default -> false;
    };
  }

  /** Whether it went to the server. */
  public boolean isSent() {
    return switch (this) {
      case SENT, SENT_TLS, SENT_UNEXPECTED, SENT_UNEXPECTED_TLS, RAW_SENT, CONTENT -> true;
      default -> false;
    };
  }
}
