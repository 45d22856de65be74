package me.ehlo.control;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Queue.Action;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Selection;
import me.ehlo.queue.State;

/** The commands about the queue. */
final class QueueOrders {
  private static final int RECIPIENTS_SHOWN = 10_000;
  private static final Set<State> EVERY = EnumSet.allOf(State.class);

  private final Leaving leaving;

  QueueOrders(Leaving leaving) {
    this.leaving = leaving;
  }

  int list(Request.QueueList request, Dialogue dialogue) throws Refused, StorageFailure {
    List<QueueEntry> found = leaving.queue().list(selection(request.filters()), request.limit());
    if (request.json()) {
      EntryJson.document(found).forEach(dialogue::out);
      return ExitCode.DONE;
    }
    if (!found.isEmpty()) {
      EntryTable.of(found, leaving.clock().instant()).forEach(dialogue::out);
    }
    dialogue.out(sum(found, request.limit()));
    return ExitCode.DONE;
  }

  int show(Request.QueueShow request, Dialogue dialogue) throws Refused, StorageFailure {
    MailId id = id(request.id());
    List<QueueEntry> found = leaving.queue().list(all(id), RECIPIENTS_SHOWN);
    if (found.isEmpty()) {
      throw unknown(id);
    }
    if (request.json()) {
      EntryJson.document(found).forEach(dialogue::out);
    } else {
      EntryStory.of(found, leaving.clock()).forEach(dialogue::out);
    }
    return ExitCode.DONE;
  }

  int change(Request.QueueChange request, Dialogue dialogue) throws Refused, StorageFailure {
    Selection selection = selection(request.filters());
    long count = leaving.queue().apply(selection, request.action(), leaving.clock().instant());
    leaving.wake().run();
    if (count == 0 && selection.mail().isPresent()) {
      refuseUnknown(selection.mail().get());
    }
    dialogue.out(done(request.action(), count));
    if (isInHand(selection)) {
      dialogue.out("What is being delivered just now was left alone.");
    }
    return ExitCode.DONE;
  }

  int flush(Dialogue dialogue) throws StorageFailure {
    long count = leaving.queue().apply(Selection.ALL, Action.RETRY, leaving.clock().instant());
    leaving.wake().run();
    dialogue.out(count == 0 ? "Nothing waits." : done(Action.RETRY, count));
    return ExitCode.DONE;
  }

  private String sum(List<QueueEntry> found, int limit) throws StorageFailure {
    Map<State, Long> tally = leaving.queue().tally();
    String whole =
        tally.entrySet().stream()
            .filter(count -> !count.getKey().isFinal() && count.getValue() > 0)
            .sorted(Map.Entry.comparingByKey())
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", "));
    if (whole.isEmpty() && found.isEmpty()) {
      return "Nothing is in the queue.";
    }
    String more =
        found.size() == limit ? "The first " + limit + " are shown; --limit shows more. " : "";
    String inAll = whole.isEmpty() ? "" : " In the whole queue: " + whole + ".";
    return more + shown(found) + inAll;
  }

  private static String shown(List<QueueEntry> found) {
    Set<MailId> mails = new HashSet<>();
    found.forEach(entry -> mails.add(entry.mail()));
    return switch (found.size()) {
      case 0 -> "Nothing is like that.";
      case 1 -> "1 recipient.";
      default ->
          found.size()
              + " recipients of "
              + (mails.size() == 1 ? "1 mail." : mails.size() + " mails.");
    };
  }

  private static String done(Action action, long count) {
    if (count == 0) {
      return "Nothing to " + action.name().toLowerCase(Locale.ROOT) + " is like that.";
    }
    String recipients = count == 1 ? "1 recipient" : count + " recipients";
    String are = count == 1 ? " is " : " are ";
    return recipients
        + switch (action) {
          case RETRY -> are + "tried again now.";
          case HOLD -> are + "held until you say: ehlo queue release.";
          case RELEASE -> are + "released and tried now.";
          case CANCEL -> are + "given up; nobody is told.";
        };
  }

  private boolean isInHand(Selection selection) throws StorageFailure {
    boolean meant = selection.states().isEmpty() || selection.states().contains(State.DELIVERING);
    return meant
        && !leaving.queue().list(inState(selection, Set.of(State.DELIVERING)), 1).isEmpty();
  }

  private void refuseUnknown(MailId id) throws Refused, StorageFailure {
    if (leaving.queue().list(all(id), 1).isEmpty()) {
      throw unknown(id);
    }
  }

  private static Refused unknown(MailId id) {
    return new Refused(
        "There is no mail " + id + " in the queue; what is settled or went to users here is not.");
  }

  private static Selection all(MailId id) {
    return inState(
        new Selection(
            Optional.of(id),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of()),
        EVERY);
  }

  private static Selection inState(Selection selection, Set<State> states) {
    return new Selection(
        selection.mail(),
        selection.recipient(),
        selection.sender(),
        selection.domain(),
        selection.before(),
        selection.reason(),
        states);
  }

  private Selection selection(Filters filters) throws Refused {
    return new Selection(
        filters.id().isPresent() ? Optional.of(id(filters.id().get())) : Optional.empty(),
        filters.to().isPresent() ? Optional.of(address(filters.to().get())) : Optional.empty(),
        filters.from().isPresent() ? Optional.of(sender(filters.from().get())) : Optional.empty(),
        filters.domain().isPresent()
            ? Optional.of(domain(filters.domain().get()))
            : Optional.empty(),
        filters.older().map(leaving.clock().instant()::minus),
        filters.reason(),
        states(filters.states()));
  }

  private static MailId id(String text) throws Refused {
    try {
      return MailId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "\""
              + text
              + "\" is no mail's id, which has 12 letters and digits; ehlo queue list"
              + " shows them.");
    }
  }

  private static Mailbox address(String text) throws Refused {
    return switch (AddressParser.mailbox(text)) {
      case Parsed.Right<Mailbox>(var mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(var why) -> throw new Refused(text + ": " + why + ".");
    };
  }

  private static String sender(String text) throws Refused {
    return text.equals("<>") || text.isEmpty() ? "" : address(text).toString();
  }

  private static Domain domain(String text) throws Refused {
    return switch (DomainParser.parse(text)) {
      case Parsed.Right<Domain>(var domain) -> domain;
      case Parsed.Wrong<Domain>(var why) -> throw new Refused(text + ": " + why + ".");
    };
  }

  private static Set<State> states(List<String> names) throws Refused {
    Set<State> states = EnumSet.noneOf(State.class);
    for (String name : names) {
      states.add(
          EVERY.stream()
              .filter(state -> state.toString().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() ->
                  new Refused("\"" + name + "\" is no state; these are: " + stateNames() + ".")));
    }
    return states;
  }

  private static String stateNames() {
    return EVERY.stream().map(State::toString).collect(Collectors.joining(", "));
  }
}
