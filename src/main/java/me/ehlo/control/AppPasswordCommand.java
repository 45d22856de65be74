package me.ehlo.control;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ehlo user app-password}: a password for each program, so that one can be taken back without the others. */
@Command(
    name = "app-password",
    header = "Passwords for single programs, each of which can be revoked.",
    description = {
      "",
      "  ehlo user app-password add ann@localhost phone",
      "  ehlo user app-password list ann@localhost",
      "  ehlo user app-password remove ann@localhost phone",
      ""
    })
public final class AppPasswordCommand {
  private final Door door;

  public AppPasswordCommand(Door door) {
    this.door = door;
  }

  @Command(
      header = "Add one: it is made up, and shown this once.",
      description = {
        "",
        "  ehlo user app-password add ann@localhost phone",
        "  pass show mail | ehlo user app-password add ann@localhost phone --password-stdin",
        ""
      })
  int add(
      @Mixin SiteOptions where,
      @Parameters(index = "0", paramLabel = "ADDRESS", description = "The user's address.")
          String address,
      @Parameters(index = "1", paramLabel = "NAME", description = "What it is for, such as phone.")
          String name,
      @Option(
              names = "--password-stdin",
              description = "The password is the first line of input; else it is made up.")
          boolean passwordFromInput) {
    return door.administer(
        where, new Request.AppPasswordAdd(address, name, passwordFromInput), passwordFromInput);
  }

  @Command(header = "List the names of a user's passwords for programs.")
  int list(
      @Mixin SiteOptions where,
      @Parameters(paramLabel = "ADDRESS", description = "The user's address.") String address) {
    return door.administer(where, new Request.AppPasswordList(address), false);
  }

  @Command(header = "Revoke one: whoever has it is refused from now on.")
  int remove(
      @Mixin SiteOptions where,
      @Parameters(index = "0", paramLabel = "ADDRESS", description = "The user's address.")
          String address,
      @Parameters(index = "1", paramLabel = "NAME", description = "The name it was given.")
          String name) {
    return door.administer(where, new Request.AppPasswordRemove(address, name), false);
  }
}
