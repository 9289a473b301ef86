/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** The visible text of HTML by way of jsoup's tree: what {@link HtmlText} is compared with. */
final class JsoupText {

    /** Elements that are blocks to jsoup but stand inside lines. */
    private static final Set<String> INLINE = Set.of(
            "ins",
            "del",
            "noscript",
            "svg",
            "math",
            "script",
            "style",
            "meta",
            "link",
            "canvas",
            "video",
            "audio",
            "template",
            "applet");

    /** Elements that are not blocks to jsoup but divide words. */
    private static final Set<String> DIVIDING = Set.of(
            "br",
            "option",
            "optgroup",
            "select",
            "textarea",
            "button",
            "legend",
            "dialog",
            "summary",
            "iframe",
            "object");

    private JsoupText() {}

    static String of(String html) {
        StringBuilder text = new StringBuilder(html.length() / 2);
        NodeTraversor.traverse(
                new NodeVisitor() {
                    @Override
                    public void head(Node node, int depth) {
                        if (node instanceof TextNode words) {
                            text.append(words.getWholeText());
                        } else if (divides(node)) {
                            text.append('\n');
                        }
                    }

                    @Override
                    public void tail(Node node, int depth) {
                        if (divides(node)) {
                            text.append('\n');
                        }
                    }
                },
                Jsoup.parse(html));
        return text.toString();
    }

    private static boolean divides(Node node) {
        return node instanceof Element element
                && (element.isBlock()
                        ? !INLINE.contains(element.normalName())
                        : DIVIDING.contains(element.normalName()));
    }
}
