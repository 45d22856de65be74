package me.ehlo.control;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ehlo talk}: a conversation with a server, typed by hand. */
@Command(
    name = "talk",
    header = "Talk to a server yourself: what telnet should have been.",
    description = {
      "",
      "  ehlo talk mail.example.org",
      "  ehlo talk --submission mail.example.org --tls",
      "  ehlo talk --mx example.org",
      "  printf 'EHLO me\\nQUIT\\n' | ehlo talk localhost:2525",
      "",
      "What is typed is sent as it is; what begins with / is for ehlo: /help lists it.",
      "Tab completes, ? says what may be said now. The conversation is kept, without passwords,",
      "in ~/.local/state/ehlo/talk.",
      ""
    })
public final class TalkCommand implements Callable<Integer> {
  private final Door door;

  @Mixin private final SiteOptions where = new SiteOptions();

  @Mixin private final TalkOptions options = new TalkOptions();

  public TalkCommand(Door door) {
    this.door = door;
  }

  @Override
  public Integer call() {
    return door.talk(where, options);
  }
}
