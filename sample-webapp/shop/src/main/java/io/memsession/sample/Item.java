package io.memsession.sample;

import java.io.Serializable;

/** One line of a cart. It is changed in place, as applications do. */
final class Item implements Serializable {
    private static final long serialVersionUID = 1;

    private final String sku;
    private final String title;
    private final int cents;
    private int quantity;

    Item(Product product) {
        this.sku = product.sku();
        this.title = product.title();
        this.cents = product.cents();
    }

    String sku() {
        return sku;
    }

    String title() {
        return title;
    }

    int cents() {
        return cents;
    }

    int quantity() {
        return quantity;
    }

    void quantity(int wanted) {
        quantity = wanted;
    }
}
