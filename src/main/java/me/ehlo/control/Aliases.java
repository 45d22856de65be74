package me.ehlo.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.access.Alias;
import me.ehlo.access.Directory;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/** The commands about aliases. */
final class Aliases {
  private final Directory directory;
  private final Addresses addresses;

  Aliases(Directory directory, Addresses addresses) {
    this.directory = directory;
    this.addresses = addresses;
  }

  int add(Request.AliasAdd request, Dialogue dialogue) throws Refused, StorageFailure {
    Mailbox name = addresses.ours(request.name());
    Alias alias = new Alias(name, targets(request));
    refuseLoop(alias);
    boolean replaces = directory.find(name) instanceof Directory.Entry.Listed;
    if (!directory.putAlias(alias)) {
      throw new Refused(name + " is a user; an alias needs a name of its own.");
    }
    dialogue.out((replaces ? "Replaced " : "Added ") + shown(alias));
    alias.targets().stream()
        .filter(target -> !addresses.isOurs(target))
        .forEach(target ->
            dialogue.err(
                target + " is not at one of our domains: mail for " + name + " is sent there."));
    return ExitCode.DONE;
  }

  int list(Dialogue dialogue) throws StorageFailure {
    directory.aliases().forEach(alias -> dialogue.out(shown(alias)));
    return ExitCode.DONE;
  }

  int remove(String text, Dialogue dialogue) throws Refused, StorageFailure {
    Mailbox name = addresses.any(text);
    if (!directory.removeAlias(name)) {
      throw new Refused("There is no alias " + name + "; see ehlo alias list.");
    }
    dialogue.out("Removed " + name + ".");
    return ExitCode.DONE;
  }

  private List<Mailbox> targets(Request.AliasAdd request) throws Refused, StorageFailure {
    SequencedSet<Mailbox> targets = new LinkedHashSet<>();
    for (String text : request.targets()) {
      Mailbox target = addresses.any(text);
      if (addresses.isOurs(target)
          && directory.find(target) instanceof Directory.Entry.Nobody
          && !isName(target, request)) {
        throw new Refused(
            "There is neither a user nor an alias " + target + "; add that one first.");
      }
      targets.add(target);
    }
    return List.copyOf(targets);
  }

  // A new alias that leads to itself is a loop, which is the better thing to say about it.
  private boolean isName(Mailbox target, Request.AliasAdd request) throws Refused {
    return same(target, addresses.any(request.name()));
  }

  private void refuseLoop(Alias alias) throws Refused, StorageFailure {
    List<Mailbox> way = new ArrayList<>(List.of(alias.name()));
    if (leadsBack(alias.targets(), way, new HashSet<>())) {
      throw new Refused(
          "That is a loop: "
              + way.stream().map(Mailbox::toString).collect(Collectors.joining(" -> ")));
    }
  }

  /** Whether these targets lead back to where the way began; if so, the way is then the whole loop. */
  private boolean leadsBack(List<Mailbox> targets, List<Mailbox> way, Set<Mailbox> seen)
      throws StorageFailure {
    for (Mailbox target : targets) {
      way.add(target);
      if (same(target, way.getFirst())
          || seen.add(target)
              && directory.find(target) instanceof Directory.Entry.Listed(Alias next)
              && leadsBack(next.targets(), way, seen)) {
        return true;
      }
      way.removeLast();
    }
    return false;
  }

  private static boolean same(Mailbox a, Mailbox b) {
    return a.host().equals(b.host()) && a.localPart().key().equals(b.localPart().key());
  }

  private static String shown(Alias alias) {
    return alias.name()
        + " -> "
        + alias.targets().stream().map(Mailbox::toString).collect(Collectors.joining(", "));
  }
}
