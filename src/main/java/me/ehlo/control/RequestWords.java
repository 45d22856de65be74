package me.ehlo.control;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import me.ehlo.queue.Queue;
import org.jspecify.annotations.Nullable;

/** A request as the words that cross the control socket, and back. */
final class RequestWords {
  private RequestWords() {}

  static List<String> of(Request request) {
    return switch (request) {
      case Request.UserAdd(var address, var quota) ->
          List.of("user add", address, quota.isPresent() ? Long.toString(quota.getAsLong()) : "");
      case Request.UserList() -> List.of("user list");
      case Request.UserPassword(var address) -> List.of("user password", address);
      case Request.UserRemove(var address, var confirmed) ->
          List.of("user remove", address, Boolean.toString(confirmed));
      case Request.UserQuota(var address, var octets) ->
          List.of("user quota", address, Long.toString(octets));
      case Request.AppPasswordAdd(var address, var name, var given) ->
          List.of("app-password add", address, name, Boolean.toString(given));
      case Request.AppPasswordList(var address) -> List.of("app-password list", address);
      case Request.AppPasswordRemove(var address, var name) ->
          List.of("app-password remove", address, name);
      case Request.AliasAdd(var name, var targets) -> aliasAdd(name, targets);
      case Request.AliasList() -> List.of("alias list");
      case Request.AliasRemove(var name) -> List.of("alias remove", name);
      case Request.QueueList(var filters, var limit, var json) ->
          words(filters, "queue list", Integer.toString(limit), Boolean.toString(json));
      case Request.QueueShow(var id, var json) -> List.of("queue show", id, Boolean.toString(json));
      case Request.QueueChange(var action, var filters) ->
          words(filters, "queue change", action.name());
      case Request.QueueFlush() -> List.of("queue flush");
      case Request.Verify() -> List.of("verify");
      case Request.Backup(var file) -> List.of("backup", file);
    };
  }

  private static List<String> aliasAdd(String name, List<String> targets) {
    List<String> words = new ArrayList<>(List.of("alias add", name));
    words.addAll(targets);
    return words;
  }

  private static List<String> words(Filters filters, String... first) {
    List<String> words = new ArrayList<>(List.of(first));
    words.addAll(FilterWords.of(filters));
    return words;
  }

  /** Empty: no request of this version. */
  static Optional<Request> read(List<String> words) {
    try {
      return Optional.ofNullable(request(words));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Request request(List<String> words) {
    return switch (words.getFirst()) {
      case "user add" -> new Request.UserAdd(words.get(1), quota(words.get(2)));
      case "user list" -> new Request.UserList();
      case "user password" -> new Request.UserPassword(words.get(1));
      case "user remove" -> new Request.UserRemove(words.get(1), words.get(2).equals("true"));
      case "user quota" -> new Request.UserQuota(words.get(1), Long.parseLong(words.get(2)));
      case "app-password add" ->
          new Request.AppPasswordAdd(words.get(1), words.get(2), words.get(3).equals("true"));
      case "app-password list" -> new Request.AppPasswordList(words.get(1));
      case "app-password remove" -> new Request.AppPasswordRemove(words.get(1), words.get(2));
      case "alias add" -> new Request.AliasAdd(words.get(1), words.subList(2, words.size()));
      case "alias list" -> new Request.AliasList();
      case "alias remove" -> new Request.AliasRemove(words.get(1));
      case "queue list" ->
          new Request.QueueList(
              FilterWords.read(words.subList(3, words.size())),
              Integer.parseInt(words.get(1)),
              words.get(2).equals("true"));
      case "queue show" -> new Request.QueueShow(words.get(1), words.get(2).equals("true"));
      case "queue change" ->
          new Request.QueueChange(
              Queue.Action.valueOf(words.get(1)), FilterWords.read(words.subList(2, words.size())));
      case "queue flush" -> new Request.QueueFlush();
      case "verify" -> new Request.Verify();
      case "backup" -> new Request.Backup(words.get(1));
      default -> null;
    };
  }

  private static OptionalLong quota(String word) {
    return word.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
  }
}
