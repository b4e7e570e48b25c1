package io.memsession.store.kryo;

/**
 * The classes of the JDK and of well-known frameworks that sessions hold: what is read without an encryption key beside
 * the application's own. Values, collections and exceptions; nothing that opens files or connections, runs scripts, or
 * calls methods by name. {@code java.net.URL} is not among them: its hash code asks the DNS. Mode K has a serializer
 * for it that is not asked for its hash code.
 */
final class FrameworkClasses {
    private static final String JDK =
            "java.lang.*;java.lang.invoke.SerializedLambda;java.math.*;java.time.**;java.util.*"
                    + ";java.util.concurrent.*;java.util.concurrent.atomic.*;java.util.concurrent.locks.*;java.util.regex.*"
                    + ";java.util.stream.*;java.text.*;java.io.*;java.nio.file.*;java.nio.charset.*;java.beans.Property*"
                    + ";java.net.*;java.awt.Color;java.awt.Point;java.awt.Dimension"
                    + ";java.awt.Rectangle;java.awt.Insets;java.awt.geom.*;java.sql.Date;java.sql.Time;java.sql.Timestamp"
                    + ";java.sql.SQL*;java.sql.BatchUpdateException;javax.xml.namespace.QName;javax.xml.datatype.*"
                    + ";com.sun.org.apache.xerces.internal.jaxp.datatype.*;javax.security.auth.**;sun.security.x509.X500Name"
                    + ";java.security.Key*;java.security.BasicPermission;java.security.Permission*;java.security.Principal"
                    + ";java.security.General*;java.security.Invalid*;java.security.NoSuch*;java.security.AccessControlException"
                    + ";java.security.cert.Certificate*;javax.crypto.spec.SecretKeySpec;javax.net.ssl.SSL*"
                    + ";sun.util.calendar.*";
    private static final String NOT_OF_THE_JDK = "!java.net.URL;!java.net.URLClassLoader;!java.io.ObjectStream*";
    private static final String WEB = "jakarta.servlet.**;javax.servlet.**;org.apache.catalina.realm.*"
            + ";org.apache.catalina.filters.CsrfPreventionFilter$*"
            + ";org.apache.catalina.authenticator.SavedRequest;org.apache.catalina.authenticator.SerializablePrincipal"
            + ";jakarta.faces.**;javax.faces.**;com.sun.faces.**;org.apache.myfaces.view.**;jakarta.validation.**";
    private static final String SPRING = "org.springframework.security.**;org.springframework.web.**"
            + ";org.springframework.http.*;org.springframework.util.*;org.springframework.validation.**"
            + ";org.springframework.beans.Property*;org.springframework.core.Nested*;org.springframework.dao.**"
            + ";org.springframework.data.domain.*;org.springframework.session.**;org.springframework.webflow.**"
            + ";org.springframework.binding.**;org.springframework.boot.web.**";
    private static final String LIBRARIES = "com.google.common.collect.*;com.google.common.base.*"
            + ";com.google.common.primitives.*;com.google.common.net.*;com.google.common.hash.*;org.joda.time.**"
            + ";org.joda.money.*;org.threeten.extra.*;org.hibernate.collection.**;org.hibernate.engine.spi.*"
            + ";org.hibernate.proxy.**;org.hibernate.bytecode.**;org.hibernate.LazyInitializationException"
            + ";groovy.lang.GString;groovy.lang.Tuple*;groovy.lang.*Range;org.codehaus.groovy.runtime.GStringImpl"
            + ";kotlin.*;kotlin.collections.*;kotlin.ranges.*;kotlin.text.*;scala.Option;scala.Some;scala.None$;scala.Tuple*";

    /** All of them. */
    static final ClassPatterns PATTERNS =
            ClassPatterns.parse("framework list", String.join(";", NOT_OF_THE_JDK, JDK, WEB, SPRING, LIBRARIES));

    private FrameworkClasses() {}
}
