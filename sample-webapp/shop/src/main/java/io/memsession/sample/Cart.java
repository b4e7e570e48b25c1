package io.memsession.sample;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a customer wants to buy; kept in the session.
 *
 * <p>A server may share one session object among requests that run at the same time, so the cart guards itself.
 */
final class Cart implements Serializable {
    private static final long serialVersionUID = 1;

    /** How many of one product fit in a cart. */
    static final int MOST = 99;

    private static final String ATTRIBUTE = "shop.cart";

    @SuppressWarnings("serial") // an ArrayList
    private final List<Item> items = new ArrayList<>();

    /** The session's cart; an empty one, not yet kept in the session, if it has none. */
    static Cart of(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof Cart cart ? cart : new Cart();
    }

    /** Keeps the cart in the session: also after a change in place, which not every session store would notice. */
    void keepIn(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** Makes it so many of the product, at most {@link #MOST}; none removes the line. */
    synchronized void put(Product product, int quantity) {
        if (quantity <= 0) {
            items.removeIf(item -> item.sku().equals(product.sku()));
        } else {
            item(product).quantity(Math.min(quantity, MOST));
        }
    }

    /** Makes it one more of the product. */
    synchronized void addOne(Product product) {
        put(product, item(product).quantity() + 1);
    }

    private Item item(Product product) {
        for (Item item : items) {
            if (item.sku().equals(product.sku())) {
                return item;
            }
        }
        Item added = new Item(product);
        items.add(added);
        return added;
    }

    /** The lines as they are now. */
    synchronized List<Item> items() {
        return List.copyOf(items);
    }

    /** What all of it costs, in euro cents. */
    synchronized int totalCents() {
        return items.stream().mapToInt(item -> item.quantity() * item.cents()).sum();
    }
}
