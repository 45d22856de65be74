package me.ehlo.control;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ehlo user}: those who have mail here. */
@Command(
    name = "user",
    header = "The users: who has a maildrop here.",
    description = {
      "",
      "  ehlo user add ann@localhost",
      "  ehlo user quota ann@localhost 1g",
      "  ehlo user password postmaster@localhost",
      "  ehlo user app-password add ann@localhost phone",
      ""
    })
public final class UserCommand {
  private final Door door;

  public UserCommand(Door door) {
    this.door = door;
  }

  @Command(
      header = "Add a user.",
      description = {
        "",
        "  ehlo user add ann@localhost",
        "  echo secret | ehlo user add ann@localhost --password-stdin",
        ""
      })
  int add(
      @Mixin SiteOptions where,
      @Parameters(paramLabel = "ADDRESS", description = "In one of our domains.") String address,
      @Option(
              names = "--password-stdin",
              description = "The password is the first line of input; else it is asked for.")
          boolean passwordFromInput,
      @Option(
              names = "--quota",
              paramLabel = "SIZE",
              description = "What the maildrop may hold, such as 1g; 0: no limit.")
          @Nullable Quota quota) {
    OptionalLong octets = quota == null ? OptionalLong.empty() : OptionalLong.of(quota.octets());
    return door.administer(where, new Request.UserAdd(address, octets), passwordFromInput);
  }

  @Command(header = "List the users: how many mails wait, and how much that is.")
  int list(@Mixin SiteOptions where) {
    return door.administer(where, new Request.UserList(), false);
  }

  @Command(header = "Set a user's password.")
  int password(
      @Mixin SiteOptions where,
      @Parameters(paramLabel = "ADDRESS", description = "The user's address.") String address,
      @Option(
              names = "--password-stdin",
              description = "The password is the first line of input; else it is asked for.")
          boolean passwordFromInput) {
    return door.administer(where, new Request.UserPassword(address), passwordFromInput);
  }

  @Command(header = "Set how much a user may keep.")
  int quota(
      @Mixin SiteOptions where,
      @Parameters(index = "0", paramLabel = "ADDRESS", description = "The user's address.")
          String address,
      @Parameters(index = "1", paramLabel = "SIZE", description = "Such as 500m; 0: no limit.")
          Quota quota) {
    return door.administer(where, new Request.UserQuota(address, quota.octets()), false);
  }

  @Command(header = "Remove a user, and the mails of that user with it.")
  int remove(
      @Mixin SiteOptions where,
      @Parameters(paramLabel = "ADDRESS", description = "The user's address.") String address,
      @Option(names = "--yes", description = "Do not ask, even when mails go with the user.")
          boolean confirmed) {
    return door.administer(where, new Request.UserRemove(address, confirmed), false);
  }
}
