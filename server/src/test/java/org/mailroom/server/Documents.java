/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Small documents of the kinds that people attach, each with a text of the test's. */
final class Documents {
    private static final String RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n";

    private Documents() {}

    /** A part of an office document, which refers to the next one. */
    private record Part(String name, String type, String relation, String content) {
        String directory() {
            return name.substring(0, name.lastIndexOf('/') + 1);
        }

        String file() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    static byte[] docx(String text) {
        return office(new Part(
                "/word/document.xml",
                "wordprocessingml.document.main",
                "officeDocument",
                "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>"
                        + text + "</w:t></w:r></w:p></w:body></w:document>"));
    }

    static byte[] xlsx(String text) {
        String names = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
        return office(
                new Part(
                        "/xl/workbook.xml",
                        "spreadsheetml.sheet.main",
                        "officeDocument",
                        "<workbook " + names + " xmlns:r='" + RELATIONSHIPS
                                + "'><sheets><sheet name='Figures' sheetId='1' r:id='rId1'/></sheets></workbook>"),
                new Part(
                        "/xl/worksheets/sheet1.xml",
                        "spreadsheetml.worksheet",
                        "worksheet",
                        "<worksheet " + names + "><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>" + text
                                + "</t></is></c></row></sheetData></worksheet>"));
    }

    static byte[] pptx(String text) {
        String names = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:r='" + RELATIONSHIPS
                + "' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'";
        String tree = "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
                + "<p:grpSpPr/>%s</p:spTree></p:cSld>";
        return office(
                new Part(
                        "/ppt/presentation.xml",
                        "presentationml.presentation.main",
                        "officeDocument",
                        "<p:presentation " + names
                                + "><p:sldIdLst><p:sldId id='256' r:id='rId1'/></p:sldIdLst></p:presentation>"),
                new Part(
                        "/ppt/slides/slide1.xml",
                        "presentationml.slide",
                        "slide",
                        "<p:sld " + names + ">"
                                + tree.formatted(
                                        "<p:sp><p:nvSpPr><p:cNvPr id='2' name='x'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
                                                + "<p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>" + text
                                                + "</a:t></a:r></a:p></p:txBody></p:sp>")
                                + "</p:sld>"),
                new Part(
                        "/ppt/slideLayouts/slideLayout1.xml",
                        "presentationml.slideLayout",
                        "slideLayout",
                        "<p:sldLayout " + names + ">" + tree.formatted("") + "</p:sldLayout>"),
                new Part(
                        "/ppt/slideMasters/slideMaster1.xml",
                        "presentationml.slideMaster",
                        "slideMaster",
                        "<p:sldMaster " + names + ">" + tree.formatted("") + "</p:sldMaster>"));
    }

    /** An Open Packaging Conventions archive. */
    private static byte[] office(Part... parts) {
        Map<String, String> entries = new LinkedHashMap<>();
        StringBuilder types = new StringBuilder(XML)
                .append("<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>")
                .append(
                        "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>");
        for (Part part : parts) {
            types.append("<Override PartName='" + part.name()
                    + "' ContentType='application/vnd.openxmlformats-officedocument." + part.type() + "+xml'/>");
        }
        entries.put("[Content_Types].xml", types.append("</Types>").toString());
        entries.put("_rels/.rels", relationship(parts[0]));
        for (int i = 0; i < parts.length; i++) {
            entries.put(parts[i].name().substring(1), XML + parts[i].content());
            if (i + 1 < parts.length) {
                String directory = parts[i].directory().substring(1);
                entries.put(directory + "_rels/" + parts[i].file() + ".rels", relationship(parts[i + 1]));
            }
        }
        return zip(entries, false);
    }

    private static String relationship(Part to) {
        return XML + "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                + "<Relationship Id='rId1' Type='" + RELATIONSHIPS + "/" + to.relation() + "' Target='" + to.name()
                + "'/></Relationships>";
    }

    static byte[] odt(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        String type = "application/vnd.oasis.opendocument.text";
        String names = "urn:oasis:names:tc:opendocument:xmlns:";
        entries.put("mimetype", type);
        entries.put(
                "META-INF/manifest.xml",
                "<manifest:manifest xmlns:manifest='" + names
                        + "manifest:1.0'><manifest:file-entry manifest:full-path='/'" + " manifest:media-type='" + type
                        + "'/></manifest:manifest>");
        entries.put(
                "content.xml",
                "<office:document-content xmlns:office='" + names + "office:1.0' xmlns:text='" + names
                        + "text:1.0'><office:body><office:text><text:p>" + text
                        + "</text:p></office:text></office:body></office:document-content>");
        return zip(entries, true);
    }

    private static byte[] zip(Map<String, String> entries, boolean storedType) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(octets)) {
            for (Map.Entry<String, String> file : entries.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                ZipEntry entry = new ZipEntry(file.getKey());
                if (storedType && file.getKey().equals("mimetype")) {
                    CRC32 checksum = new CRC32();
                    checksum.update(content);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    static byte[] pdf(String text) {
        String show = "BT /F1 12 Tf 72 720 Td (" + text + ") Tj ET";
        String[] objects = {
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
                    + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length " + show.length() + " >>\nstream\n" + show + "\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        };
        StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
        StringBuilder table = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
        for (int i = 0; i < objects.length; i++) {
            table.append("%010d 00000 n \n".formatted(pdf.length()));
            pdf.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
        }
        int start = pdf.length();
        pdf.append(table).append("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n");
        return pdf.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] rtf(String text) {
        return ("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 " + text + "\\par}").getBytes(StandardCharsets.US_ASCII);
    }

    /** A winmail.dat ([MS-OXTNEF]) whose body is RTF, with a file in it. */
    static byte[] tnef(String text, String fileName, byte[] file) {
        byte[] rtf = rtf(text);
        ByteBuffer body = little(16 + rtf.length);
        // [MS-OXRTFCP]: the uncompressed form
        body.putInt(rtf.length + 12)
                .putInt(rtf.length)
                .putInt(0x414c454d)
                .putInt(0)
                .put(rtf);
        int padding = -body.capacity() & 3;
        ByteBuffer properties = little(16 + body.capacity() + padding);
        // one property, PidTagRtfCompressed, with one binary value
        properties
                .putInt(1)
                .putShort((short) 0x0102)
                .putShort((short) 0x1009)
                .putInt(1)
                .putInt(body.capacity());
        properties.put(body.array());
        ByteArrayOutputStream tnef = new ByteArrayOutputStream();
        tnef.writeBytes(little(6).putInt(0x223e9f78).putShort((short) 1).array());
        attribute(tnef, 1, 0x00089006, little(4).putInt(0x10000).array());
        attribute(tnef, 1, 0x00069007, little(8).putInt(1252).array());
        attribute(tnef, 1, 0x00069003, properties.array());
        attribute(tnef, 2, 0x00069002, little(14).putShort((short) 1).putInt(-1).array());
        attribute(tnef, 2, 0x00018010, (fileName + "\0").getBytes(StandardCharsets.US_ASCII));
        attribute(tnef, 2, 0x0006800f, file);
        return tnef.toByteArray();
    }

    private static ByteBuffer little(int octets) {
        return ByteBuffer.allocate(octets).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void attribute(ByteArrayOutputStream tnef, int level, int id, byte[] data) {
        int checksum = 0;
        for (byte octet : data) {
            checksum += octet & 0xff;
        }
        tnef.write(level);
        tnef.writeBytes(little(8).putInt(id).putInt(data.length).array());
        tnef.writeBytes(data);
        tnef.writeBytes(little(2).putShort((short) checksum).array());
    }

    /** An opaque signature (RFC 8551 section 3.5.2) around an entity. */
    static byte[] signed(String entity) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Alice");
        Instant now = Instant.now();
        X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                        name, BigInteger.ONE, Date.from(now), Date.from(now.plusSeconds(3_600)), name, keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()));
        SignerInfoGenerator signer =
                new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withRSA", keys.getPrivate(), certificate);
        CMSSignedDataGenerator signatures = new CMSSignedDataGenerator();
        signatures.addSignerInfoGenerator(signer);
        signatures.addCertificate(certificate);
        byte[] content = entity.getBytes(StandardCharsets.US_ASCII);
        return signatures.generate(new CMSProcessableByteArray(content), true).getEncoded();
    }
}
