package me.ehlo.send;

import java.util.List;
import me.ehlo.call.Destination;
import me.ehlo.call.Directions;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;

/** Finds the one server that a whole conversation is held with, whatever it is about. */
final class Finding {
  private final Directions directions;
  private final String option;

  /**
   * @param option that asks for it, for messages
   */
  Finding(Directions directions, String option) {
    this.directions = directions;
    this.option = option;
  }

  /** Its addresses, of the family that was asked for. */
  Directions.Way find(Order.Way way) throws Misused {
    return switch (all(way)) {
      case Directions.Way.To(var all) when way.usable(all).isEmpty() ->
          new Directions.Way.Nowhere(Order.Way.NO_ADDRESS, false);
      case Directions.Way.To(var all) -> new Directions.Way.To(way.usable(all));
      case Directions.Way.Nowhere nowhere -> nowhere;
    };
  }

  private Directions.Way all(Order.Way way) throws Misused {
    if (way.socket().isPresent()) {
      return new Directions.Way.To(List.of(Destination.of(way.socket().get())));
    }
    if (way.server().isPresent()) {
      return directions.host(way.server().get(), way.port());
    }
    if (way.domain().isEmpty()) {
      throw new Misused(option + ": with whom? Give --server HOST, --mx DOMAIN or --socket PATH");
    }
    String name = way.domain().get();
    if (DomainParser.parse(name) instanceof Parsed.Right<Domain>(var domain)) {
      return directions.domain(domain, way.port());
    }
    throw new Misused("--mx: \"" + name + "\" is no domain");
  }
}
