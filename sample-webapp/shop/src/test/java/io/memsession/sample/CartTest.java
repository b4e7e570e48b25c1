package io.memsession.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CartTest {
    private final Product tea = Product.ALL.get(0);
    private final Product pot = Product.ALL.get(1);
    private final Cart cart = new Cart();

    @Test
    void holdsOneLinePerProduct() {
        cart.addOne(tea);
        cart.addOne(pot);
        cart.addOne(tea);

        assertThat(cart.items()).extracting(Item::sku).containsExactly(tea.sku(), pot.sku());
        assertThat(cart.totalCents()).isEqualTo(2 * tea.cents() + pot.cents());
    }

    @Test
    void isTheSameWhenAQuantityIsPutTwice() {
        cart.put(tea, 3);
        cart.put(tea, 3);

        assertThat(cart.totalCents()).isEqualTo(3 * tea.cents());
    }

    @Test
    void losesTheLineThatIsPutToNone() {
        cart.put(tea, 3);
        cart.put(tea, 0);

        assertThat(cart.items()).isEmpty();
    }

    @Test
    void takesNoMoreThanFit() {
        cart.put(tea, Cart.MOST);
        cart.addOne(tea);

        assertThat(cart.items().get(0).quantity()).isEqualTo(Cart.MOST);
    }
}
