package me.ehlo.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import me.ehlo.mail.StorageFailure;

/**
 * Carries out what administrators ask for.
 *
 * <p>The same code runs inside a server, for those who come by the control socket, and in a command that has opened the
 * store itself.
 */
public final class Administration {
  private final Site site;
  private final Users users;
  private final AppPasswords appPasswords;
  private final Aliases aliases;
  private final QueueOrders orders;

  public Administration(Site site) {
    this.site = site;
    Addresses addresses = new Addresses(site.domains());
    this.users = new Users(site, addresses);
    this.appPasswords = new AppPasswords(site, users);
    this.aliases = new Aliases(site.directory(), addresses);
    this.orders = new QueueOrders(site.leaving());
  }

  /** Does it and tells about it; returns the {@link ExitCode}. */
  public int perform(Request request, Dialogue dialogue) {
    try {
      return switch (request) {
        case Request.UserAdd add -> users.add(add, dialogue);
        case Request.UserList() -> users.list(dialogue);
        case Request.UserPassword(var address) -> users.password(address, dialogue);
        case Request.UserRemove remove -> users.remove(remove, dialogue);
        case Request.UserQuota quota -> users.quota(quota, dialogue);
        case Request.AppPasswordAdd add -> appPasswords.add(add, dialogue);
        case Request.AppPasswordList(var address) -> appPasswords.list(address, dialogue);
        case Request.AppPasswordRemove remove -> appPasswords.remove(remove, dialogue);
        case Request.AliasAdd add -> aliases.add(add, dialogue);
        case Request.AliasList() -> aliases.list(dialogue);
        case Request.AliasRemove(var name) -> aliases.remove(name, dialogue);
        case Request.QueueList list -> orders.list(list, dialogue);
        case Request.QueueShow show -> orders.show(show, dialogue);
        case Request.QueueChange change -> orders.change(change, dialogue);
        case Request.QueueFlush() -> orders.flush(dialogue);
        case Request.Verify() -> verify(dialogue);
        case Request.Backup(var file) -> backup(Path.of(file), dialogue);
      };
    } catch (Refused e) {
      dialogue.err(String.valueOf(e.getMessage()));
    } catch (StorageFailure e) {
      dialogue.err("The store: " + e.getMessage());
    }
    return ExitCode.REFUSED;
  }

  private int verify(Dialogue dialogue) throws StorageFailure {
    List<String> findings = site.verification().findings();
    findings.forEach(dialogue::out);
    if (findings.isEmpty()) {
      dialogue.out("All is well: every recipient is in one state, every mail is intact.");
      return ExitCode.DONE;
    }
    dialogue.err(
        findings.size() + (findings.size() == 1 ? " thing is wrong." : " things are wrong."));
    return ExitCode.DAMAGED;
  }

  private int backup(Path file, Dialogue dialogue) throws Refused, StorageFailure {
    if (Files.exists(file)) {
      throw new Refused(file + " exists already; a backup goes into a new file.");
    }
    site.backup().to(file);
    dialogue.out(
        "The store is in "
            + file
            + " as it was just now. ehlo verify --data "
            + file
            + " checks it.");
    return ExitCode.DONE;
  }
}
