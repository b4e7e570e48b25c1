package io.memsession.sample;

import java.util.List;
import java.util.Optional;

/**
 * Something the shop sells.
 *
 * @param sku the article number
 * @param title what the customer reads
 * @param cents the price of one, in euro cents
 */
record Product(String sku, String title, int cents) {

    /** All that the shop sells. */
    static final List<Product> ALL = List.of(
            new Product("tea", "Darjeeling, first flush, 100 g", 1290),
            new Product("pot", "Teapot, cast iron", 5900),
            new Product("cup", "Cup, thin porcelain", 1450),
            new Product("tin", "Tin, airtight, <200 g>", 790),
            new Product("whisk", "Bamboo whisk & bowl", 2400),
            new Product("honey", "Honey, 'linden', 250 g", 680));

    /** The product with that article number; empty if the shop has none. */
    static Optional<Product> bySku(String sku) {
        return ALL.stream().filter(product -> product.sku.equals(sku)).findFirst();
    }
}
