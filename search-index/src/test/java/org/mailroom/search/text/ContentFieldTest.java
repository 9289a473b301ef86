/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentFieldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text/plain; charset=utf-8 | charset | utf-8",
                "text/plain; charset=\"utf-8\" | charset | utf-8",
                "TEXT/Plain ;  CHARSET = UTF-8 ; x=y | charset | UTF-8",
                "text/plain; charset=utf-8 (a comment) | charset | utf-8",
                "text/plain (a; b); (c) charset=utf-8 | charset | utf-8",
                "text/plain; charset=utf-8 format=flowed | format | flowed",
                "text/plain; charset=\"utf-8\" format=flowed | format | flowed",
                "text/plain charset=utf-8 | charset | utf-8",
                "text/plain;; ;charset=utf-8; | charset | utf-8",
                "text/plain; junk; charset=utf-8 | charset | utf-8",
                "a/b; name=my file (1).pdf; x=y | name | my file (1).pdf",
                "a/b; name=\"a;b \\\"c\\\" \\\\ d.pdf\" | name | a;b \"c\" \\ d.pdf",
                "a/b; name=\"C:\\docs\\new.pdf\" | name | C:\\docs\\new.pdf",
                "a/b; name=\"open.pdf; x=y | name | open.pdf",
                "attachment; filename*=utf-8'en'na%C3%AFve%20x.txt | filename | naïve x.txt",
                "attachment; filename*=iso-8859-1''caf%E9.txt | filename | café.txt",
                "attachment; filename*=caf%C3%A9.txt | filename | café.txt",
                "attachment; filename*0=\"long \"; filename*1=\"name.txt\" | filename | long name.txt",
                "attachment; filename*1=name.txt; filename*0=\"long \" | filename | long name.txt",
                "attachment; filename*0*=utf-8''%E2%82; filename*1*=%AC; filename*2=\" %41.txt\" | filename | € %41.txt",
                "attachment; filename*=utf-8''100%; x=y | filename | 100%",
                "attachment; filename=\"=?utf-8?q?x?=\" | filename | =?utf-8?q?x?=",
            })
    void readsParametersAsClientsWriteThem(String field, String name, String value) {
        assertThat(ContentField.parse(field).parameter(name)).contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Text/HTML; charset=x | text/html",
                "text/plain | text/plain",
                "text/plain charset=x | text/plain",
                "text/plain (comment) | text/plain",
                "'' | ''",
                "; x=y | ''",
                "name=x | ''",
            })
    void readsTheValueInLowerCaseWithoutComments(String field, String value) {
        assertThat(ContentField.parse(field).value()).isEqualTo(value);
    }

    @Test
    void keepsBothNamesWhereTwoAreGiven() {
        assertThat(ContentField.parse("attachment; filename=\"EURO.txt\"; filename*=utf-8''%e2%82%ac.txt")
                        .all("filename"))
                .containsExactly("EURO.txt", "€.txt");
    }
}
