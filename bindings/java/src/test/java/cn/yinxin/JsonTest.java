package cn.yinxin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

import org.junit.jupiter.api.Test;

import cn.yinxin.internal.Json;

class JsonTest {
    @Test
    void everyKindOfValue() {
        assertEquals(Arrays.asList(1L, -2L, true, false, "a"), Json.parse(" [1, -2, true, false, \"a\"]\n"));
        assertEquals(Collections.emptyMap(), Json.parse("{}"));
        assertEquals(Collections.emptyList(), Json.parse("[ ]"));
        assertNull(Json.parse("null"));
        Map<?, ?> object = (Map<?, ?>) Json.parse("{\"a\":{\"b\":[null]},\"c\":\"\"}");
        assertEquals(Collections.singletonList(null), ((Map<?, ?>) object.get("a")).get("b"));
    }

    @Test
    void escapes() {
        assertEquals("\"\\/\b\f\n\r\t\u0000\ud83d\ude00章", Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\ud83d\\ude00章\""));
    }

    @Test
    void whatIsNoJson() {
        for (String text : new String[] {"", "{", "[1,]", "\"a", "\"\\u12\"", "\"\\x\"", "1 2", "{\"a\"}", "tru", "1.5"}) {
            assertThrows(RuntimeException.class, () -> Json.parse(text), text);
        }
        char[] deep = new char[100_000];
        Arrays.fill(deep, '[');
        assertThrows(IllegalStateException.class, () -> Json.parse(new String(deep)));
    }
}
