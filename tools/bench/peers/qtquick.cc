/*
 * tools/bench/peers/qtquick.cc - page.qml in a window: what a kiosk made with Qt Quick starts in and
 * holds.
 *
 *   qtquick WIDTH HEIGHT PAGE.qml
 *
 * By its software renderer, as on a box without a driver for the graphics: there the other one, by
 * llvmpipe, takes seven times as long to start.
 */
#include <QGuiApplication>
#include <QQuickView>
#include <QQuickWindow>

int main(int argc, char **argv)
{
    QQuickWindow::setSceneGraphBackend(QSGRendererInterface::Software);
    QGuiApplication app(argc, argv);
    QQuickView view;
    if (argc != 4)
        return 2;
    view.setFlags(Qt::FramelessWindowHint);
    view.setResizeMode(QQuickView::SizeRootObjectToView);
    view.setGeometry(0, 0, QByteArray(argv[1]).toInt(), QByteArray(argv[2]).toInt());
    view.setSource(QUrl::fromLocalFile(argv[3]));
    if (view.status() == QQuickView::Error)
        return 1;
    view.show();
    return app.exec();
}
