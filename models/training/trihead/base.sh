#!/bin/sh
# The runs that made the encoder of models/base, one after the other; each goes on where it stopped. README.md, "Runs", says
# how the runs that shipped differed: rates changed by hand, other losses in the first two, and the mean of base3 at step 308
# and at its end was cut instead of its end.
set -e
python=${PYTHON:-python}
here=models/training/trihead
runs=.work/trihead/runs
$python $here/train.py --name base --steps 1400 --batch-seconds 60
$python $here/train.py --name base2 --start $runs/base.pt --steps 375 --batch-seconds 60 --rate 3e-5 --new-rate 3e-4
$python $here/mean.py --students $runs/base.pt $runs/base2.pt --shares 0.6 0.4 --out $runs/base-base2.pt
$python $here/train.py --name base3 --start $runs/base-base2.pt --steps 720 --batch-seconds 70 --rate 2.5e-5 --new-rate 2e-4 --decay 0.7 --seed 11
$python $here/prune.py --student $runs/base3.pt --out $runs/base3-cut.pt --batches 24
$python $here/train.py --name sparse --start $runs/base3-cut.pt --steps 100 --batch-seconds 70 --rate 1.5e-5 --new-rate 1e-4 --decay 0.8 --average 0.97 --seed 23
