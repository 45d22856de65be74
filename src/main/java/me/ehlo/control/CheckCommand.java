package me.ehlo.control;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ehlo check}: what is wrong with a domain's mail, with the way out, with our own site, or with a mail. */
@Command(
    name = "check",
    header = "Find out what is wrong with a domain's mail servers, or with ours.",
    description = {
      "",
      "  ehlo check example.org                      DNS, hosts, TLS, policy",
      "  ehlo check example.org --rcpt bob@example.org",
      "  ehlo check example.org --only cert --json",
      "  ehlo check --port25 --probe                 may this machine send at all?",
      "  ehlo check --self                           our own configuration, from inside",
      "  ehlo check --from-mail mail.eml             a mail that was received",
      "",
      "Each finding says what was seen, whom it affects and what to do. No mail is",
      "sent, and nobody but the domain's own servers and the DNS is asked, unless",
      "--probe or --dnsbl says so. Exit 0: nothing to do; 50: warnings (--strict);",
      "51: failures; 52: it could not be looked at.",
      ""
    })
public final class CheckCommand implements Callable<Integer> {
  private final Door door;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private SiteOptions where = new SiteOptions();
  @Mixin private CheckOptions wanted = new CheckOptions();

  public CheckCommand(Door door) {
    this.door = door;
  }

  @Override
  public Integer call() {
    if (wanted.subjects() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          wanted.subjects() == 0
              ? "what is to be checked? Name a domain, or say --port25, --self or --from-mail FILE"
              : "a domain, --port25, --self and --from-mail exclude each other");
    }
    if (wanted.probe().isPresent() && !wanted.port25()) {
      throw new ParameterException(spec.commandLine(), "--probe belongs to --port25");
    }
    return door.check(where, wanted, spec.commandLine().getColorScheme().ansi().enabled());
  }
}
