package me.ehlo.control;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ehlo alias}: other names for users, and distribution lists. */
@Command(
    name = "alias",
    header = "The aliases: other names for users, and distribution lists.",
    description = {
      "",
      "  ehlo alias add sales@localhost ann@localhost bob@localhost",
      "  ehlo alias remove sales@localhost",
      ""
    })
public final class AliasCommand {
  private final Door door;

  public AliasCommand(Door door) {
    this.door = door;
  }

  @Command(
      header = "Add an alias, or say anew where it leads.",
      description = {"", "  ehlo alias add sales@localhost ann@localhost bob@example.org", ""})
  int add(
      @Mixin SiteOptions where,
      @Parameters(index = "0", paramLabel = "NAME", description = "The address that is the alias.")
          String name,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "TARGET",
              description = "The addresses it leads to.")
          List<String> targets) {
    return door.administer(where, new Request.AliasAdd(name, targets), false);
  }

  @Command(header = "List the aliases and where they lead.")
  int list(@Mixin SiteOptions where) {
    return door.administer(where, new Request.AliasList(), false);
  }

  @Command(header = "Remove an alias.")
  int remove(
      @Mixin SiteOptions where,
      @Parameters(paramLabel = "NAME", description = "The address that is the alias.")
          String name) {
    return door.administer(where, new Request.AliasRemove(name), false);
  }
}
