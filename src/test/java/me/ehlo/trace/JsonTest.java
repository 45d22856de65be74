package me.ehlo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void fieldsStandInTheOrderInWhichTheyArePut() {
    String json =
        Json.object(it ->
            it.number("v", 1)
                .put("why", Optional.empty())
                .number("port", Optional.of(25))
                .flag("sure", true)
                .texts("do", List.of("one", "two"))
                .object("stage", stage -> stage.put("name", "RCPT"))
                .objects("hosts", List.of("a", "b"), (host, name) -> host.put("name", name)));

    assertThat(json)
        .isEqualTo(
            """
            {"v":1,"why":null,"port":25,"sure":true,"do":["one","two"],\
            "stage":{"name":"RCPT"},"hosts":[{"name":"a"},{"name":"b"}]}\
            """);
  }

  @Test
  void nothingInATextCanDoSomethingToATerminal() {
    String json = Json.object(it -> it.put("text", "\"\\\r\n\0\033[2J\u009bm\u00fc \ud83d"));

    assertThat(json)
        .isEqualTo("{\"text\":\"\\\"\\\\\\r\\n\\u0000\\u001B[2J\\u009Bm\\u00FC \\uD83D\"}");
  }
}
