package me.ehlo.mail;

/**
 * Why we answered as we did: a decision as data.
 *
 * <p>The reply on the wire, the log line, and later the mail's story and its explanation are all made from this one
 * value; no second code path writes prose.
 *
 * @param id stable name for logs, {@code ehlo explain} and tests, such as {@code relaying-denied}
 * @param code the reply code (RFC 5321 §4.2.3); 0 in POP3, which has none
 * @param status the enhanced status code (RFC 3463)
 * @param sentence what people read; {@code {}} stands for what the moment fills in
 */
public record Reason(String id, int code, EnhancedStatus status, String sentence) {

  public Reason(String id, int code, String status, String sentence) {
    this(id, code, EnhancedStatus.of(status), sentence);
  }

  /** The sentence with each {@code {}} replaced, in order. */
  public String say(Object... values) {
    StringBuilder said = new StringBuilder(sentence.length() + 32);
    int from = 0;
    for (Object value : values) {
      int hole = sentence.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException(id + " has fewer holes than values");
      }
      said.append(sentence, from, hole).append(value);
      from = hole + 2;
    }
    return said.append(sentence, from, sentence.length()).toString();
  }

  /** Whether this is a refusal, for now (4.x.x) or for good (5.x.x). */
  public boolean refuses() {
    return status.kind() >= 4;
  }
}
