package me.ehlo.lines;

/** A command line as it came from a client, its line ending taken off: a text, or why it cannot be one. */
public sealed interface Line {

  /** A line that ended in CRLF and holds only characters that a command may hold. */
  record Text(String text) implements Line {}

  /** More octets than a command line may have; all of it has been read and thrown away. */
  record TooLong(int limit) implements Line {}

  /** It ended in LF without CR, so where the next one begins is anybody's guess (RFC 5321 §2.3.8). */
  record BareLineFeed() implements Line {}

  /** It holds a control character, such as NUL or a CR that no LF follows. */
  record ControlCharacter(int octet) implements Line {}

  /** It holds what a terminal sends for an arrow or function key. */
  record EscapeSequence() implements Line {}

  /** It is no line: a client has begun TLS where nobody has asked it to (RFC 8446 §5.1). */
  record TlsHandshake() implements Line {}

  /** Its octets are not UTF-8 (RFC 6531 §3.3). */
  record NotUtf8() implements Line {}
}
