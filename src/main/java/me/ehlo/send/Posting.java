package me.ehlo.send;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.call.Destination;
import me.ehlo.call.Directions;
import me.ehlo.call.Stage;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.send.Result.State;
import me.ehlo.trace.Mark;

/**
 * Sends the mail to everybody: to one server, or to those of each recipient's domain, one after the other until one takes it
 * (RFC 5321 §5.1).
 */
final class Posting {
  private final Order order;
  private final Tools tools;
  private final Map<Mailbox, Result> results = new LinkedHashMap<>();
  private Optional<Trouble> ended = Optional.empty();

  Posting(Order order, Tools tools) {
    this.order = order;
    this.tools = tools;
  }

  /** Sends it. */
  Report carryOut() throws Misused {
    if (order.way().socket().isPresent()) {
      post(order.envelope().to(), List.of(Destination.of(order.way().socket().get())));
    } else if (order.way().server().isPresent()) {
      post(
          order.envelope().to(),
          tools.means().directions().host(order.way().server().get(), order.way().port()));
    } else {
      for (Map.Entry<String, List<Mailbox>> group : groups().entrySet()) {
        post(group.getValue(), directions(group.getKey()));
      }
    }
    return new Report(order.envelope().to().stream().map(results::get).toList(), ended);
  }

  /** The recipients by whose servers they are at. */
  private Map<String, List<Mailbox>> groups() {
    if (order.way().domain().isPresent()) {
      return Map.of(order.way().domain().get(), order.envelope().to());
    }
    Map<String, List<Mailbox>> groups = new LinkedHashMap<>();
    for (Mailbox mailbox : order.envelope().to()) {
      String host =
          mailbox.host() instanceof Domain domain ? domain.ascii() : mailbox.host().toString();
      groups.computeIfAbsent(host, _ -> new ArrayList<>()).add(mailbox);
    }
    return groups;
  }

  private Directions.Way directions(String host) {
    if (DomainParser.parse(host) instanceof Parsed.Right<Domain>(var domain)) {
      tools.tell(Mark.INFO, "asking the DNS who takes mail for " + host);
      return tools.means().directions().domain(domain, order.way().port());
    }
    return tools.means().directions().host(host, order.way().port());
  }

  private void post(List<Mailbox> recipients, Directions.Way way) throws Misused {
    switch (way) {
      case Directions.Way.Nowhere(var why, var forNow) -> {
        tools.tell(Mark.ERROR, why);
        State state = forNow ? State.DEFERRED : State.REFUSED;
        settle(
            recipients,
            new Trouble(state, Stage.CONNECT, Optional.empty(), sentence(why)),
            Optional.empty());
      }
      case Directions.Way.To(var destinations) ->
          post(recipients, order.way().usable(destinations));
    }
  }

  private void post(List<Mailbox> recipients, List<Destination> destinations) throws Misused {
    if (destinations.isEmpty()) {
      Trouble trouble = Trouble.ours(Stage.CONNECT, Order.Way.NO_ADDRESS);
      tools.tell(Mark.ERROR, trouble.why());
      settle(recipients, trouble, Optional.empty());
      return;
    }
    List<Mailbox> waiting = recipients;
    boolean on = true;
    for (Destination to : destinations) {
      if (on) {
        Conversation.Ended how = new Conversation(order, tools, to).hold(waiting);
        on = tryNext(waiting, to, how);
        waiting = recipients.stream().filter(this::isWaiting).toList();
        on &= !waiting.isEmpty() || recipients.isEmpty();
      }
    }
  }

  /** Notes how it went; whether another server may do better. */
  private boolean tryNext(List<Mailbox> recipients, Destination to, Conversation.Ended how) {
    return switch (how) {
      case Conversation.Ended.Failed(var trouble) -> {
        settle(recipients, trouble, Optional.of(to));
        boolean early = trouble.stage() == Stage.CONNECT || trouble.stage() == Stage.GREETING;
        yield trouble.isTemporary() && (early || order.way().all());
      }
      case Conversation.Ended.Tried(var its) -> {
        results.putAll(its);
        yield order.way().all();
      }
    };
  }

  private boolean isWaiting(Mailbox recipient) {
    return Optional.ofNullable(results.get(recipient))
        .filter(result -> result.state() == State.DEFERRED)
        .isPresent();
  }

  private void settle(Collection<Mailbox> recipients, Trouble trouble, Optional<Destination> to) {
    ended = Optional.of(trouble);
    for (Mailbox recipient : recipients) {
      results.put(
          recipient,
          new Result(
              recipient, trouble.state(), trouble.stage(), trouble.heard(), trouble.why(), to));
    }
  }

  private static String sentence(String why) {
    return why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
  }
}
