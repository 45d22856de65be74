package me.ehlo.sasl;

/** PLAIN (RFC 4616): name and password in one message. */
final class PlainExchange implements Exchange {
  private final Authority authority;
  private String name = "";

  PlainExchange(Authority authority) {
    this.authority = authority;
  }

  @Override
  public String name() {
    return name;
  }

  /** RFC 4616 §2: [authzid] NUL authcid NUL passwd. Nobody acts for somebody else here. */
  @Override
  public Step on(String response) {
    String[] parts = response.split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
      return Step.malformed();
    }
    name = parts[1];
    Verdict verdict = authority.password(parts[1], parts[2]);
    boolean forAnother = !parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1]);
    return new Step.Over(forAnother ? Verdict.refused(Verdict.Why.WRONG) : verdict);
  }
}
