/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailroom.search.text.Casemap;
import org.mailroom.search.text.TextLimits;

class SearchIndexFileTest {

    private static SearchIndexConfiguration read(String elements) throws ConfigurationException {
        return read(new ByteArrayInputStream(
                ("<search-index>" + elements + "</search-index>").getBytes(StandardCharsets.UTF_8)));
    }

    private static SearchIndexConfiguration read(InputStream file) throws ConfigurationException {
        return SearchIndexFile.read(FileConfigurationProvider.getConfig(file));
    }

    @Test
    void aMissingFileMeansTheDefaults() throws Exception {
        assertThat(SearchIndexFile.read(FileConfigurationProvider.EMPTY_CONFIGURATION))
                .isEqualTo(SearchIndexConfiguration.DEFAULT);
        assertThat(read("")).isEqualTo(SearchIndexConfiguration.DEFAULT);
    }

    @Test
    void theSampleFileHoldsTheDefaults() throws Exception {
        try (InputStream sample = Files.newInputStream(Path.of("..", "conf", "search-index.xml"))) {
            assertThat(read(sample)).isEqualTo(SearchIndexConfiguration.DEFAULT);
        }
    }

    @Test
    void whatTheFileSaysHolds() throws Exception {
        SearchIndexConfiguration read = read("<directory>file:///srv/index</directory>"
                + "<close-after> 90s </close-after><threads>3</threads><index-attachments>true</index-attachments><fuzzy>false</fuzzy>"
                + "<search-limits><keys>7</keys><deadline>1500ms</deadline></search-limits>"
                + "<search-threads-per-user>3</search-threads-per-user><slow-search>off</slow-search>"
                + "<signature-fields><field>X-A</field><field>X-B-*</field></signature-fields>");

        assertThat(read.directory()).isEqualTo("file:///srv/index");
        assertThat(read.closeAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(read.threads()).isEqualTo(3);
        assertThat(read.fuzzy()).isFalse();
        assertThat(read.indexSettings("").fuzzy()).isFalse();
        assertThat(read.indexAttachments()).isEqualTo(Optional.of(true));
        assertThat(read.searchLimits().keys()).isEqualTo(7);
        assertThat(read.searchDeadline()).isEqualTo(Duration.ofMillis(1500));
        assertThat(read.searchThreadsPerUser()).isEqualTo(3);
        assertThat(read.slowSearch()).isEmpty();
        assertThat(read("<slow-search>2s</slow-search>").slowSearch()).contains(Duration.ofSeconds(2));
        assertThat(read.signatureFields().contains("x-b-c")).isTrue();
        assertThat(read.signatureFields().contains("DKIM-Signature")).isFalse();
    }

    @Test
    void aTikaServerIsNamedWithItsBounds() throws Exception {
        assertThat(read("<attachment-text><tika-server>http://127.0.0.1:9998</tika-server></attachment-text>")
                        .attachmentText())
                .contains(new AttachmentSettings(
                        URI.create("http://127.0.0.1:9998"), Duration.ofSeconds(30), 50_000_000, 2));
        assertThat(read("<attachment-text><tika-server>https://tika.example/x</tika-server><timeout>5s</timeout>"
                                + "<max-octets>2000</max-octets><connections>7</connections></attachment-text>")
                        .attachmentText())
                .contains(
                        new AttachmentSettings(URI.create("https://tika.example/x"), Duration.ofSeconds(5), 2_000, 7));
        assertThat(read("<attachment-text><tika-server>off</tika-server></attachment-text>")
                        .attachmentText())
                .isEmpty();
    }

    @Test
    void limitsOfEarlierVersionsHaveNoEffect() throws Exception {
        assertThat(read("<text-limits><parts>0</parts><nesting>x</nesting><header-octets>5</header-octets>"
                                + "<part-octets>2000</part-octets></text-limits>")
                        .textLimits())
                .isEqualTo(new TextLimits(2_000, TextLimits.DEFAULT.messageCharacters()));
    }

    @Test
    void accentsAreFoldedWhereTheFileSaysSo() throws Exception {
        assertThat(read(file("<search-index accents=\"fold\"/>"))
                        .indexSettings("")
                        .casemap())
                .isSameAs(Casemap.foldingAccents());
        assertThat(read(file("<search-index accents=\"keep\"><threads>3</threads></search-index>"))
                        .casemap())
                .isSameAs(Casemap.keepingAccents());
        assertThatThrownBy(() -> read(file("<search-index accents=\"drop\"/>")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("accents")
                .hasMessageContaining("'drop', but must be keep or fold");
    }

    private static InputStream file(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEmptyListOfSignatureFieldsMeansNone() throws Exception {
        assertThat(read("<signature-fields/>").signatureFields().patterns()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            <threads>0</threads>                    | threads            | 0        | from 1 to 64
            <threads>two</threads>                  | threads            | two      | whole number
            <threads></threads>                     | threads            | ''       | whole number
            <close-after>5 parsecs</close-after>    | close-after        | parsecs  | unit
            <close-after>0s</close-after>           | close-after        | 0s       | from 1s
            <index-attachments>yes</index-attachments> | index-attachments | yes     | true or false
            <attachment-text><tika-server>localhost:9998</tika-server></attachment-text> | attachment-text><tika-server | localhost:9998 | such as http://127.0.0.1:9998
            <attachment-text><tika-server>http://a b</tika-server></attachment-text> | attachment-text><tika-server | http://a b | such as http://127.0.0.1:9998
            <attachment-text><timeout>1ms</timeout></attachment-text> | attachment-text><timeout | 1ms | 100ms
            <attachment-text><connections>0</connections></attachment-text> | attachment-text><connections | 0 | from 1 to 64
            <search-limits><deadline>1ms</deadline></search-limits> | search-limits><deadline | 1ms | from 100ms to 3600s
            <slow-search>never</slow-search>        | slow-search        | never    | unit
            <fuzzy>maybe</fuzzy>                    | fuzzy              | maybe    | true or false
            <directory>var/index</directory>        | directory          | var/index | file://
            <thread>2</thread>                      | thread             | thread   | there is no element
            <text-limits><part>2</part></text-limits> | text-limits><part | part    | there is no element
            <threads>2</threads><threads>3</threads> | threads           | 3        | more than once
            <threads unit="x">2</threads>           | threads            | unit     | there is no element
            <signature-fields><field>a b</field></signature-fields> | field | a b    | header field
            """)
    void aMistakeIsNamedWithFileElementAndValue(String elements, String element, String value, String allowed) {
        assertThatThrownBy(() -> read(elements))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("search-index.xml")
                .hasMessageContaining(element)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }
}
