package me.ehlo.check;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Heard;
import me.ehlo.call.Reach;
import me.ehlo.check.DomainSeen.Exchange;
import me.ehlo.check.Report.Cell;
import me.ehlo.check.Report.Row;
import me.ehlo.dns.Dns.Answer;

/** What was seen as a table of hosts and stages. */
final class Table {
  private final CertificateCheck certificates;
  private final Instant now;
  private final boolean withRcpt;

  Table(CertificateCheck certificates, Instant now, boolean withRcpt) {
    this.certificates = certificates;
    this.now = now;
    this.withRcpt = withRcpt;
  }

  List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (Stage stage :
        List.of(Stage.ANSWER, Stage.CONNECT, Stage.GREET, Stage.EHLO, Stage.STARTTLS, Stage.CERT)) {
      columns.add(stage.title());
    }
    if (withRcpt) {
      columns.add("rcpt");
    }
    return columns;
  }

  List<Row> rows(DomainSeen domain, List<Visited> visits) {
    List<Row> rows = new ArrayList<>();
    for (Exchange exchange : domain.exchanges()) {
      if (exchange.addresses().isEmpty()) {
        rows.add(missing(exchange));
      }
      visits.stream()
          .filter(visited -> visited.target().host().equals(exchange.host()))
          .filter(visited -> visited.target().preference() == exchange.preference())
          .forEach(visited -> rows.add(row(visited)));
    }
    return rows;
  }

  private Row missing(Exchange exchange) {
    List<Cell> cells = new ArrayList<>(Collections.nCopies(columns().size(), Cell.NOT_REACHED));
    cells.set(0, noAnswer(exchange.v4()));
    return new Row(exchange.preference() + " " + exchange.host(), Place.of(exchange.host()), cells);
  }

  private static Cell noAnswer(Answer<InetAddress> answer) {
    return switch (answer) {
      case Answer.NoSuchName<InetAddress>() -> Cell.fail("NO HOST");
      case Answer.Trouble<InetAddress> _ -> new Cell("silent", Result.UNKNOWN);
      case Answer.None<InetAddress>(), Answer.Found<InetAddress> _ -> Cell.fail("NO ADDR");
    };
  }

  private Row row(Visited visited) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.ok("ok"));
    cells.add(connect(visited.reach()));
    cells.add(greet(visited));
    cells.add(ehlo(visited));
    cells.add(startTls(visited.encryption()));
    cells.add(certificates.cell(visited, now));
    if (withRcpt) {
      cells.add(visited.answer(Question.Kind.RCPT).map(Table::rcpt).orElse(Cell.NOT_REACHED));
    }
    Target target = visited.target();
    String title = target.preference() + " " + target.host() + " " + Place.family(target.address());
    return new Row(title, visited.place(), cells);
  }

  private static Cell connect(Reach reach) {
    return switch (reach) {
      case Reach.Connected(var took) -> Cell.ok(Said.span(took));
      case Reach.Refused() -> Cell.fail("REFUSED");
      case Reach.NoAnswer _ -> Cell.fail("SILENT");
      case Reach.Unreachable _ -> Cell.fail("NO WAY");
      case Reach.NoRoute() -> new Cell("no IP here", Result.SKIP);
    };
  }

  private static Cell greet(Visited visited) {
    Optional<Heard> greeting = visited.greeting();
    if (greeting.isEmpty()) {
      return visited
          .lost()
          .filter(lost -> lost.at() == Stage.GREET)
          .map(lost -> Cell.fail(lost.silent() ? "SILENT" : "CLOSED"))
          .orElse(Cell.NOT_REACHED);
    }
    Heard heard = greeting.get();
    return switch (heard.kind()) {
      case DONE ->
          GreetingCheck.isDeliberate(visited)
              ? Cell.note(Said.span(heard.took()) + "*")
              : Cell.ok(Said.span(heard.took()));
      case NOT_NOW -> Cell.warn(Integer.toString(heard.code()));
      case NEVER -> Cell.fail(Integer.toString(heard.code()));
      case NONSENSE, GO_ON -> Cell.fail("NO SMTP");
    };
  }

  private static Cell ehlo(Visited visited) {
    if (visited.ehlo().isEmpty()) {
      return visited
          .lost()
          .filter(lost -> lost.at() == Stage.EHLO)
          .map(_ -> Cell.fail("LOST"))
          .orElse(Cell.NOT_REACHED);
    }
    if (visited.ehlo().get().isGood()) {
      return Cell.ok("ok");
    }
    return visited.helo().filter(Heard::isGood).isPresent()
        ? Cell.warn("HELO")
        : Cell.fail(Integer.toString(visited.ehlo().get().code()));
  }

  private static Cell startTls(Encryption encryption) {
    return switch (encryption) {
      case Encryption.NotReached() -> Cell.NOT_REACHED;
      case Encryption.NotOffered() -> Cell.warn("NONE");
      case Encryption.Refused(var heard) -> Cell.fail(Integer.toString(heard.code()));
      case Encryption.Injected() -> Cell.fail("INJECTED");
      case Encryption.Failed _ -> Cell.fail("FAILED");
      case Encryption.Done(var secured) -> Cell.ok(secured.channel().version());
    };
  }

  private static Cell rcpt(Heard heard) {
    String code = Integer.toString(heard.code());
    if (Said.isGreylisting(heard)) {
      return Cell.note(code + " grey");
    }
    return switch (heard.kind()) {
      case DONE, GO_ON -> Cell.ok(code);
      case NOT_NOW -> Cell.warn(code);
      case NEVER -> Cell.fail(code);
      case NONSENSE -> Cell.fail("?");
    };
  }
}
