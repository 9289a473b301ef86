/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailroom.search.charset.MailCharset;
import org.mailroom.search.testing.Corpus;
import org.mailroom.search.testing.RandomRun;
import org.mailroom.search.testing.RawMessage;

class HtmlTextTest {

    private static String visible(String html) {
        return HtmlText.of(html).replaceAll("\\s+", " ").strip();
    }

    @Test
    void leavesOutTagsScriptsStylesAndComments() {
        assertThat(visible("<html><style>p { color: red }</style><SCRIPT type='x'>if (a < b) alert('<p>no')</SCRIPT >"
                        + "<!-- secret > secret --><p title=\"a > b\">seen</p><!DOCTYPE html><?xml secret?>"))
                .isEqualTo("seen");
    }

    @Test
    void keepsTheTitleWithItsEntities() {
        assertThat(visible("<title>Caf&eacute; <b>menu</b></title>x")).isEqualTo("Café <b>menu</b> x");
    }

    @Test
    void inlineElementsDoNotSplitWords() {
        assertThat(visible("<b>in</b>v<span class=x>oi</span>c<font color=red>e</font>s<!-- x --><wbr>1<ins>2</ins>"))
                .isEqualTo("invoices12");
        assertThat(visible("Vi<style>x</style>s<script>y</script>ible")).isEqualTo("Visible");
    }

    @Test
    void blocksBreaksCellsAndItemsDivideWords() {
        assertThat(visible(
                        "a<br>b<br/>c<div>d</div>e<table><tr><td>f</td><td>g<tr><th>h</table><ul><li>i<li>j</ul>k<p>l"
                                + "<hr>m<h1>n</h1>o<option>p<option>q"))
                .isEqualTo("a b c d e f g h i j k l m n o p q");
    }

    @Test
    void entitiesAreDecodedAsTheStandardReadsThem() {
        assertThat(HtmlText.of("&lt;&gt;&amp;&quot;&eacute;&#233;&#xE9;&#XE9;&euro;&hellip;"))
                .isEqualTo("<>&\"éééé€…");
        assertThat(HtmlText.of("a&nbsp;b")).isEqualTo("a\u00A0b");
        assertThat(HtmlText.of("&copy2024 &eacutet&eacute &AMP; &ampx")).isEqualTo("©2024 été & &x");
        assertThat(HtmlText.of("&#147;q&#148; &#0; &#x110000; &#xD800; &#99999999999;"))
                .isEqualTo("“q” \uFFFD \uFFFD \uFFFD \uFFFD");
        assertThat(HtmlText.of("AT&T a & b &; &# &#x; &unknown; &hellip x&"))
                .isEqualTo("AT&T a & b &; &# &#x; &unknown; &hellip x&");
        assertThat(HtmlText.of("&#x1F600;&NotEqualTilde;")).isEqualTo("\uD83D\uDE00≂̸");
    }

    @Test
    void loneAngleBracketsAreText() {
        assertThat(visible("1 < 2 and 3 <4 or x<5 <> </ >")).isEqualTo("1 < 2 and 3 <4 or x<5 <>");
        assertThat(visible("end <")).isEqualTo("end <");
        assertThat(visible("end </")).isEqualTo("end </");
    }

    @Test
    void whatIsNeverClosedHidesNothing() {
        assertThat(visible("<a href=\"x>link</a> more")).isEqualTo("link more");
        assertThat(visible("see <b unfinished text")).isEqualTo("see <b unfinished text");
        assertThat(visible("<title>open <p>and more")).isEqualTo("open and more");
        assertThat(visible("a <! b c")).isEqualTo("a <! b c");
    }

    static List<String> pieces() {
        return List.of("<div>", "<b>", "<table><td>", "<", "</", "<a ", "<a b=\"", "<a b='\">", "<!", "<!--", "<!---");
    }

    static List<String> morePieces() {
        return List.of(
                "<title>", "<title></", "<script>", "<textarea>&", "&", "&#", "&amp", "<![CDATA[", "<?", "<a =", "</t");
    }

    @ParameterizedTest
    @MethodSource({"pieces", "morePieces"})
    void takesTimeInProportionToLengthWhateverIsRepeated(String piece) {
        String hostile = piece.repeat(2_000_000 / piece.length());
        // in proportion it takes some milliseconds, otherwise hours
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> HtmlText.of("<p>x</p>" + hostile + "<p>y</p>"));
    }

    @Test
    void agreesWithJsoupOnRandomDocuments() {
        long seed = RandomRun.seed();
        Random random = new Random(seed);
        for (int round = 0; round < RandomRun.rounds(1_000, 10_000); round++) {
            String html = "<html><head><title>t" + round + "</title></head><body>" + randomContent(random, 0)
                    + "</body></html>";
            assertThat(Casemap.keepingAccents().normaliseQuery(HtmlText.of(html)))
                    .as("seed %d round %d: %s", seed, round, html)
                    .isEqualTo(Casemap.keepingAccents().normaliseQuery(JsoupText.of(html)));
        }
    }

    /**
     * A tree sometimes changes what a document says (moves text out of tables, keeps the source of frames as text,
     * knows fewer entities without semicolons), so not all are equal.
     */
    @Test
    void agreesWithJsoupOnNearlyAllRealDocuments() throws IOException {
        List<String> documents = new ArrayList<>();
        try (Stream<RawMessage> messages = Stream.of(
                        Corpus.own(), Corpus.tricky(), Corpus.spamassassin().limit(2_000))
                .flatMap(stream -> stream)) {
            for (RawMessage message : (Iterable<RawMessage>) messages::iterator) {
                documents.addAll(htmlParts(message));
            }
        }
        long equal = documents.stream()
                .filter(html -> Casemap.keepingAccents()
                        .normaliseQuery(HtmlText.of(html))
                        .equals(Casemap.keepingAccents().normaliseQuery(JsoupText.of(html))))
                .count();
        System.out.printf("%d of %d documents have the text that jsoup gives them%n", equal, documents.size());
        assertThat(equal).isGreaterThanOrEqualTo(documents.size() * 9L / 10);
    }

    private static List<String> htmlParts(RawMessage message) throws IOException {
        List<String> documents = new ArrayList<>();
        MimeTokenStream tokens = new MimeTokenStream(MimeConfig.PERMISSIVE);
        tokens.parse(message.stream());
        try {
            while (tokens.next() != EntityState.T_END_OF_STREAM) {
                if (tokens.getState() == EntityState.T_BODY
                        && tokens.getBodyDescriptor().getMimeType().equals("text/html")) {
                    byte[] octets = tokens.getDecodedInputStream().readAllBytes();
                    documents.add(MailCharset.decode(java.util.Optional.empty(), octets));
                }
            }
        } catch (MimeException e) {
            // what stands before the damage is enough to compare
            return documents;
        }
        return documents;
    }

    private static String randomContent(Random random, int depth) {
        StringBuilder html = new StringBuilder();
        int pieces = 1 + random.nextInt(5);
        for (int i = 0; i < pieces; i++) {
            html.append(randomPiece(random, depth));
        }
        return html.toString();
    }

    private static String randomPiece(Random random, int depth) {
        String[] texts = {
            "word",
            " two words ",
            "&eacute;",
            "&nbsp;",
            "&#8364;",
            "a &amp; b",
            "1 &lt; 2",
            "x<br>y",
            "<br/>",
            "\n",
            "<!-- c <p> -->",
            "<script>var a = '<b>';</script>",
            "<style>b > i {}</style>",
            "<img src=\"a>b\" alt='c'>",
            "<hr>",
            "é",
            "<input value=x>",
            "<wbr>",
            "漢字",
            "<![if mso]>",
            "AT&T"
        };
        String[] elements = {"div", "p", "b", "i", "span", "blockquote", "center", "u", "em", "pre", "font", "section"};
        if (depth > 3 || random.nextBoolean()) {
            return texts[random.nextInt(texts.length)];
        }
        String inner = randomContent(random, depth + 1);
        return switch (random.nextInt(4)) {
            case 0 -> "<table border=1><tr><td>" + inner + "</td><TD class='x'>cell</TD></tr></table>";
            case 1 -> "<ul><li>" + inner + "<li>item</ul>";
            default -> {
                String element = elements[random.nextInt(elements.length)];
                yield "<" + element + " title=\"a>b\">" + inner + "</" + element + ">";
            }
        };
    }
}
