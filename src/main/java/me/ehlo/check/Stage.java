package me.ehlo.check;

/** How far a conversation has come, and a column of the table. */
enum Stage {
  ANSWER("answer"),
  CONNECT("connect"),
  GREET("greet"),
  EHLO("ehlo"),
  STARTTLS("starttls"),
  TLS("tls"),
  CERT("cert"),
  PIPELINE("pipelining"),
  QUESTIONS("rcpt");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
