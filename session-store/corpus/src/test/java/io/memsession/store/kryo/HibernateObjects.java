package io.memsession.store.kryo;

import jakarta.persistence.CascadeType;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Hibernate's entities as a request leaves them: detached, with collections and proxies that were loaded or not. */
@SuppressWarnings({"all", "serial"})
final class HibernateObjects {
    private HibernateObjects() {}

    @Entity(name = "Customer")
    public static class Customer implements Serializable {
        @Id
        Long id;

        String name;

        public Long getId() {
            return id;
        }

        public String getName() {
            return name;
        }
    }

    @Entity(name = "Purchase")
    public static class Purchase implements Serializable {
        @Id
        Long id;

        @ManyToOne(fetch = FetchType.LAZY)
        Customer customer;

        @OneToMany(cascade = CascadeType.ALL, mappedBy = "purchase")
        List<Line> lines = new ArrayList<>();

        @ElementCollection
        Set<String> tags = new HashSet<>();

        @ElementCollection
        Map<String, Integer> counts = new HashMap<>();
    }

    @Entity(name = "Line")
    public static class Line implements Serializable {
        @Id
        Long id;

        @ManyToOne
        Purchase purchase;

        String text;
    }

    static void fill(Corpus corpus) {
        try (SessionFactory factory = factory()) {
            factory.inTransaction(session -> {
                Customer customer = new Customer();
                customer.id = 1L;
                customer.name = "Ann";
                session.persist(customer);
                Purchase purchase = new Purchase();
                purchase.id = 2L;
                purchase.customer = customer;
                Line line = new Line();
                line.id = 3L;
                line.purchase = purchase;
                line.text = "tea";
                purchase.lines.add(line);
                purchase.tags.add("new");
                purchase.counts.put("a", 1);
                session.persist(purchase);
            });
            Purchase[] loaded = new Purchase[1];
            Purchase[] lazy = new Purchase[1];
            Customer[] proxy = new Customer[2];
            factory.inTransaction(session -> {
                loaded[0] = session.find(Purchase.class, 2L);
                Hibernate.initialize(loaded[0].lines);
                Hibernate.initialize(loaded[0].tags);
                Hibernate.initialize(loaded[0].counts);
                Hibernate.initialize(loaded[0].customer);
            });
            factory.inTransaction(session -> {
                lazy[0] = session.find(Purchase.class, 2L);
                proxy[0] = session.getReference(Customer.class, 1L);
            });
            factory.inTransaction(session -> proxy[1] = session.find(Customer.class, 1L));
            cases(corpus, loaded[0], lazy[0], proxy);
        }
    }

    private static void cases(Corpus corpus, Purchase loaded, Purchase lazy, Customer[] customers) {
        corpus.when(
                        'J',
                        "loaded entity",
                        loaded,
                        (a, b) -> b.lines.get(0).text.equals("tea")
                                && b.lines.get(0).purchase == b
                                && b.tags.equals(Set.of("new"))
                                && b.counts.equals(Map.of("a", 1))
                                && b.customer.getName().equals("Ann"))
                .when(
                        'J',
                        "lazy entity",
                        lazy,
                        (a, b) -> !Hibernate.isInitialized(b.lines)
                                && !Hibernate.isInitialized(b.tags)
                                && !Hibernate.isInitialized(b.counts)
                                && !Hibernate.isInitialized(b.customer)
                                && b.id == 2L)
                .when(
                        'J',
                        "uninitialised proxy",
                        customers[0],
                        (a, b) -> !Hibernate.isInitialized(b) && b.getId() == 1L)
                .when('K', "entity", customers[1], (a, b) -> b.getName().equals("Ann"))
                .when(
                        'J',
                        "list of entities",
                        new ArrayList<>(List.of(loaded, lazy)),
                        (a, b) -> b.size() == 2 && b.get(0).lines.get(0).purchase == b.get(0))
                .when('J', "bag", new Object[] {loaded.lines}, (a, b) -> ((List<?>) b[0]).size() == 1);
    }

    private static SessionFactory factory() {
        return new Configuration()
                .addAnnotatedClass(Customer.class)
                .addAnnotatedClass(Purchase.class)
                .addAnnotatedClass(Line.class)
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:corpus")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .buildSessionFactory();
    }
}
