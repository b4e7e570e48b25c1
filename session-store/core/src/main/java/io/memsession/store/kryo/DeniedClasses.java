package io.memsession.store.kryo;

import java.util.List;
import java.util.Set;

/**
 * Classes that are never read or written, whatever else is allowed: well-known steps from "bytes are turned into
 * objects" to "somebody's command runs". No session needs one of them.
 */
final class DeniedClasses {
    private static final List<String> PACKAGES = List.of(
            "bsh.",
            "clojure.",
            "com.mchange.v2.c3p0.",
            "com.rometools.rome.feed.impl.",
            "com.sun.corba.",
            "com.sun.jndi.",
            "com.sun.org.apache.bcel.",
            "com.sun.org.apache.xalan.",
            "com.sun.org.apache.xpath.",
            "com.sun.rowset.",
            "com.sun.syndication.feed.impl.",
            "java.rmi.",
            "javax.management.",
            "javax.naming.",
            "javax.script.",
            "javax.xml.transform.",
            "jdk.jshell.",
            "org.apache.commons.beanutils.",
            "org.apache.commons.configuration.",
            "org.apache.commons.configuration2.",
            "org.apache.commons.jelly.",
            "org.apache.commons.jexl",
            "org.apache.commons.collections.functors.",
            "org.apache.commons.collections4.functors.",
            "org.apache.commons.dbcp.",
            "org.apache.commons.dbcp2.",
            "org.apache.tomcat.dbcp.",
            "org.apache.xalan.",
            "org.mozilla.javascript.",
            "org.python.",
            "org.apache.velocity.",
            "org.codehaus.janino.",
            "org.jboss.interceptor.",
            "org.jboss.weld.interceptor.",
            "org.jruby.",
            "org.luaj.",
            "org.springframework.expression.",
            "ognl.",
            "sun.misc.",
            "sun.print.",
            "sun.reflect.",
            "sun.rmi.",
            "sun.swing.",
            "javax.imageio.",
            "javax.swing.",
            "jdk.internal.",
            "jdk.nashorn.",
            "net.bytebuddy.dynamic.loading.",
            "com.alibaba.fastjson.",
            "com.sun.media.",
            "com.zaxxer.hikari.",
            "org.apache.bcel.",
            "org.apache.openjpa.ee.",
            "org.logicalcobwebs.proxool.",
            "oracle.jdbc.",
            "org.jdom.transform.",
            "org.quartz.utils.");

    private static final Set<String> NAMES = Set.of(
            "java.beans.EventHandler",
            "java.beans.Expression",
            "java.beans.Statement",
            "java.lang.ClassLoader",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.net.URLClassLoader",
            "java.security.SecureClassLoader",
            "java.security.SignedObject",
            "com.fasterxml.jackson.databind.node.POJONode",
            "com.vaadin.data.util.NestedMethodProperty",
            "com.vaadin.data.util.PropertysetItem",
            "java.util.PropertyResourceBundle",
            "java.util.ServiceLoader",
            "java.util.logging.FileHandler",
            "org.apache.click.control.Column",
            "org.apache.wicket.util.upload.DiskFileItem",
            "org.aspectj.weaver.tools.cache.SimpleCache$StoreableCachingMap",
            "org.hibernate.engine.spi.TypedValue",
            "org.hibernate.jmx.StatisticsService",
            "org.springframework.beans.factory.config.PropertyPathFactoryBean",
            "org.springframework.core.SerializableTypeWrapper$TypeProvider",
            "org.springframework.transaction.jta.JtaTransactionManager",
            "org.apache.commons.collections.keyvalue.TiedMapEntry",
            "org.apache.commons.collections.map.LazyMap",
            "org.apache.commons.collections4.keyvalue.TiedMapEntry",
            "org.apache.commons.collections4.map.LazyMap",
            "org.apache.commons.fileupload.disk.DiskFileItem",
            "org.codehaus.groovy.runtime.ConvertedClosure",
            "org.codehaus.groovy.runtime.MethodClosure",
            "org.springframework.aop.target.JndiObjectTargetSource",
            "org.springframework.core.SerializableTypeWrapper$MethodInvokeTypeProvider",
            "org.springframework.context.support.ClassPathXmlApplicationContext",
            "org.springframework.context.support.FileSystemXmlApplicationContext");

    private DeniedClasses() {}

    /** Whether a class of this binary name, which is no array, is denied. */
    static boolean contains(String name) {
        return NAMES.contains(name) || PACKAGES.stream().anyMatch(name::startsWith);
    }
}
