// What tools/bench/kiosk/bare.c draws, in Qt Quick: the same places, colours and letters.
import QtQuick 2.15

Rectangle {
    color: "#f4f5fa"
    Text {
        width: parent.width; height: parent.height / 2
        horizontalAlignment: Text.AlignHCenter; verticalAlignment: Text.AlignVCenter
        text: "Wat is je naam?"; color: "#1f3199"; font { family: "Noto Sans"; pixelSize: 40 }
    }
    Grid {
        id: boxes
        x: 40; y: parent.height / 2; columns: 10
        Repeater {
            model: 40
            Item {
                width: (boxes.parent.width - 80) / 10; height: (boxes.parent.height / 2 - 220) / 4
                Rectangle {
                    anchors { fill: parent; margins: 4 }
                    color: touch.pressed ? "#ffc53d" : "#ffffff"
                    Text {
                        anchors.centerIn: parent
                        text: String.fromCharCode(97 + index % 26)
                        color: "#141829"; font { family: "Noto Sans"; pixelSize: 40 }
                    }
                    MouseArea { id: touch; anchors.fill: parent }
                }
            }
        }
    }
    Rectangle {
        x: 40; y: parent.height - 180; width: parent.width - 80; height: 140; color: "#1f3199"
        Text {
            anchors.centerIn: parent
            text: "Verder"; color: "#ffffff"; font { family: "Noto Sans"; pixelSize: 40 }
        }
    }
}
