/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.testing;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;

/** The project's own messages: small, written for its tests, one for each shape that matters. */
final class SampleMessages {

    private SampleMessages() {}

    static List<RawMessage> all() {
        return List.of(plain(), alternative(), attached(), cyrillic(), japanese(), malformed(), patch());
    }

    private static RawMessage plain() {
        return named(
                "plain",
                "From: Ada Example <ada@example.org>",
                "To: =?utf-8?Q?J=C3=BCrgen_M=C3=BCller?= <juergen@example.org>",
                "Subject: Your invoice for the office",
                "Date: Tue, 5 Mar 2024 23:30:00 -0500",
                "Message-ID: <1@example.org>",
                "",
                "The invoice covers the office",
                "hours of February. Café, naïve, 50 €.",
                "See https://example.org/a.b?c=d_e or a b.");
    }

    private static RawMessage alternative() {
        return named(
                "alternative",
                "From: shop@example.net",
                "Subject: =?iso-8859-1?B?R3L8bmU=?= =?iso-8859-1?Q?_=DCberraschung?=",
                "Date: Wed, 6 Mar 24 08:00 GMT",
                "MIME-Version: 1.0",
                "Content-Type: multipart/alternative; boundary=alt",
                "",
                "--alt",
                "Content-Type: text/plain; charset=iso-8859-1",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "Gr=FCne Waren, sehr lange Zeile, die hier=",
                " weitergeht.",
                "--alt",
                "Content-Type: text/html; charset=utf-8",
                "",
                "<html><head><title>Angebot</title><style>p { color: red }</style></head>",
                "<body><p>Gr&uuml;ne <b>Wa</b>ren</p><table><tr><td>eins<td>zwei</table><!-- geheim --></body></html>",
                "--alt--");
    }

    private static RawMessage attached() {
        String csv =
                Base64.getMimeEncoder().encodeToString("item;price\nwidget;42\n".getBytes(Charset.forName("UTF-8")));
        return named(
                "attached",
                "From: forwarder@example.com",
                "Subject: Fwd: minutes",
                "Date: 7 Mar 2024 09:00:00 +0000",
                "Content-Type: multipart/mixed; boundary=\"mix ed\"",
                "",
                "preamble",
                "--mix ed",
                "",
                "See below.",
                "--mix ed",
                "Content-Type: message/rfc822",
                "",
                "From: original@example.com",
                "Subject: =?utf-8?q?Protokoll_M=C3=A4rz?=",
                "",
                "The minutes of the meeting.",
                "--mix ed",
                "Content-Type: text/csv; name=\"table.csv\"",
                "Content-Disposition: attachment; filename*=utf-8''t%C3%A4ble.csv",
                "Content-Transfer-Encoding: base64",
                "",
                csv,
                "--mix ed--",
                "epilogue");
    }

    private static RawMessage cyrillic() {
        return inCharset(
                "cyrillic",
                "koi8-r",
                "From: ivan@example.ru",
                "Subject: =?koi8-r?B?8NLJ18XU?=",
                "Date: Fri, 08 Mar 2024 10:00:00 +0300",
                "Content-Type: text/plain; charset=koi8-r",
                "Content-Transfer-Encoding: 8bit",
                "",
                "Привет, как дела? Ещё один счёт.");
    }

    private static RawMessage japanese() {
        return inCharset(
                "japanese",
                "iso-2022-jp",
                "From: hanako@example.jp",
                "Subject: =?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?=",
                "Date: Sat, 9 Mar 2024 11:00:00 +0900",
                "Content-Type: text/plain; charset=iso-2022-jp",
                "",
                "会議の議事録を送ります。");
    }

    private static RawMessage malformed() {
        return named(
                "malformed",
                "From broken",
                "Subject : no closing boundary",
                "this line is no field",
                "Date: yesterday",
                "Content-Type: multipart/mixed; boundary=never",
                "",
                "--never",
                "Content-Type: text/plain; charset=x-no-such-charset",
                "Content-Transfer-Encoding: base64",
                "",
                "dGV4dCB0aGF0!!IGVuZH",
                "Mgd2l0aG91dCBwYWRkaW5nLi",
                "--never",
                "Content-Type: text/html",
                "",
                "<p>unclosed <b>tags &amp entities <div>here");
    }

    private static RawMessage patch() {
        return named(
                "patch",
                "From: Dev Eloper <dev@example.org>",
                "Subject: [PATCH 1/2] fs: fix off-by-one in read_block()",
                "Date: Sun, 10 Mar 2024 12:00:00 +0100",
                "List-Id: <kernel.example.org>",
                "",
                "diff --git a/fs/block.c b/fs/block.c",
                "@@ -10,7 +10,7 @@ static int read_block(struct super_block *sb)",
                "-\tfor (i = 0; i <= n_blocks; i++)",
                "+\tfor (i = 0; i < n_blocks; i++)",
                "Signed-off-by: Dev Eloper <dev@example.org>");
    }

    private static RawMessage named(String name, String... lines) {
        return inCharset(name, "utf-8", lines);
    }

    private static RawMessage inCharset(String name, String charset, String... lines) {
        return new RawMessage("own/" + name, (String.join("\r\n", lines) + "\r\n").getBytes(Charset.forName(charset)));
    }
}
