/*
 * tools/bench/peers/gtk.c - the page of tools/bench/kiosk/bare.c in GTK 3: what a kiosk made with
 * the desktop's own toolkit starts in and holds.
 *
 *   gtk WIDTH HEIGHT
 *
 * The same places, colours and letters, by widgets and a style sheet, as its manual does it.
 */
#include <gtk/gtk.h>
#include <stdlib.h>

#define COLUMNS 10
#define ROWS 4
#define MARGIN 40
#define BAR 140

static const char style[] =
    "* { font: 40px 'Noto Sans'; }"
    "window { background: #f4f5fa; }"
    "window > * > label { color: #1f3199; }"
    "button { background: #fff; color: #141829; border: 0; border-radius: 0; margin: 4px; padding: 0;"
    "         box-shadow: none; text-shadow: none; }"
    "button:active { background: #ffc53d; }"
    "button.bar { background: #1f3199; color: #fff; margin: 0; }";

static void use_style(void)
{
    GtkCssProvider *css = gtk_css_provider_new();
    gtk_css_provider_load_from_data(css, style, -1, NULL);
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(css),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    g_object_unref(css);
}

static void put(GtkWidget *page, GtkWidget *what, GdkRectangle at)
{
    gtk_widget_set_size_request(what, at.width, at.height);
    gtk_fixed_put(GTK_FIXED(page), what, at.x, at.y);
}

static void fill(GtkWidget *page, int w, int h)
{
    int box_w = (w - 2 * MARGIN) / COLUMNS, box_h = (h / 2 - BAR - 2 * MARGIN) / ROWS;
    put(page, gtk_label_new("Wat is je naam?"), (GdkRectangle){ 0, 0, w, h / 2 });
    for (int i = 0; i < COLUMNS * ROWS; i++) {
        const char letter[2] = { (char)('a' + i % 26), '\0' };
        put(page, gtk_button_new_with_label(letter),
            (GdkRectangle){ MARGIN + i % COLUMNS * box_w, h / 2 + i / COLUMNS * box_h, box_w, box_h });
    }
    GtkWidget *bar = gtk_button_new_with_label("Verder");
    gtk_style_context_add_class(gtk_widget_get_style_context(bar), "bar");
    put(page, bar, (GdkRectangle){ MARGIN, h - BAR - MARGIN, w - 2 * MARGIN, BAR });
}

int main(int argc, char **argv)
{
    gtk_init(&argc, &argv);
    if (argc != 3)
        return 2;
    int w = atoi(argv[1]), h = atoi(argv[2]);
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL), *page = gtk_fixed_new();
    use_style();
    gtk_window_set_decorated(GTK_WINDOW(window), FALSE);
    gtk_window_set_default_size(GTK_WINDOW(window), w, h);
    gtk_container_add(GTK_CONTAINER(window), page);
    fill(page, w, h);
    g_signal_connect(window, "destroy", G_CALLBACK(gtk_main_quit), NULL);
    gtk_widget_show_all(window);
    gtk_main();
    return 0;
}
