package me.ehlo.call;

/** The language of a conversation. */
public enum Protocol {
  /** RFC 5321. */
  SMTP,
  /** RFC 2033: SMTP's language, greeted with LHLO, with a reply for each recipient behind the dot. */
  LMTP,
  /** RFC 1939. */
  POP3;

  /** Whether replies have a code of three digits. */
  public boolean hasCodes() {
    return this != POP3;
  }

  /** The word with which a client that knows extensions greets; POP3 has none and asks for CAPA. */
  public String greeting() {
    return switch (this) {
      case SMTP -> "EHLO";
      case LMTP -> "LHLO";
      case POP3 -> "CAPA";
    };
  }

  /** The word that asks for TLS. */
  public String startTls() {
    return this == POP3 ? "STLS" : "STARTTLS";
  }
}
